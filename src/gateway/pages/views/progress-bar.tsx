import type { VNode } from 'preact';

/** @param of what it is of, for those who do not see it */
export function ProgressBar({ percent, of }: { percent: number; of: string }): VNode {
  const shown = Math.round(Math.min(Math.max(percent, 0), 100));
  return (
    <span class="progress">
      <progress max={100} value={shown} aria-label={`Progress of ${of}`} />
      <span>{shown} %</span>
    </span>
  );
}
