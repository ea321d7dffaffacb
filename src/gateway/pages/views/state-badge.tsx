import type { VNode } from 'preact';
import type { ListedTraining, RowState } from '../../../client';

type State = ListedTraining['state'] | RowState;

/** What the eye is drawn to. The word itself stands there too: color alone says nothing to many. */
const KINDS: Partial<Record<State, string>> = {
  succeeded: 'good',
  failed: 'bad',
  terminated: 'bad',
  'timed-out': 'bad',
  'needs-decision': 'ask',
};

export function StateBadge({ state }: { state: State }): VNode {
  return <span class={`badge ${KINDS[state] ?? ''}`.trim()}>{state}</span>;
}
