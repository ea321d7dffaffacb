import { isRetried, ROW_STATES, type BatchStatus, type RowState } from '../contract/batch';
import { colors as pc } from './colors';

const BAR_WIDTH = 40;

type Part = 'succeeded' | 'ended' | 'underWay' | 'waiting';
const PARTS: readonly Part[] = ['succeeded', 'ended', 'underWay', 'waiting'];
/** Each looks different without colors too. */
const LOOKS: Record<Part, (length: number) => string> = {
  succeeded: (length) => pc.green('█'.repeat(length)),
  ended: (length) => pc.red('▓'.repeat(length)),
  underWay: (length) => pc.yellow('▒'.repeat(length)),
  waiting: (length) => '░'.repeat(length),
};

function partOf(state: RowState): Part {
  if (state === 'succeeded' || state === 'waiting') return state;
  return isRetried(state) ? 'ended' : 'underWay';
}

/** All rows as one bar, and how many have ended. Pure. */
export function batchBar({ rows, states }: Pick<BatchStatus, 'rows' | 'states'>): string {
  const counts: Record<Part, number> = { succeeded: 0, ended: 0, underWay: 0, waiting: 0 };
  for (const state of ROW_STATES) counts[partOf(state)] += states[state] ?? 0;
  let [before, drawn] = [0, 0];
  const bar = PARTS.map((part) => {
    before += counts[part];
    // By the sum so far, so that rounding makes the bar neither longer nor shorter.
    const upTo = Math.round((before / Math.max(rows, 1)) * BAR_WIDTH);
    const length = upTo - drawn;
    drawn = upTo;
    return LOOKS[part](length);
  });
  return `${bar.join('')}  ${counts.succeeded + counts.ended}/${rows}`;
}
