import type { VNode } from 'preact';

/** UTC, because a page without scripts does not know where its reader is; with scripts it becomes their own time. */
export function Clock({ at, to }: { at: Date; to: 'minute' | 'second' }): VNode {
  const iso = at.toISOString();
  return (
    <time dateTime={iso} data-to={to}>
      {`${iso.slice(0, 10)} ${iso.slice(11, to === 'minute' ? 16 : 19)} UTC`}
    </time>
  );
}
