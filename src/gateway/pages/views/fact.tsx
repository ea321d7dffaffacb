import type { ComponentChildren, VNode } from 'preact';

/** One thing that is known, in a list of them. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
