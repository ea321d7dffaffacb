import { isOpenEnded, isUnderWay, rowStateOf, type RowWord } from '../contract/batch';
import type { EarlierCosts } from '../activities/budget-left';
import type { BatchProgress } from './batch-rows';

/** Takes in what a row has cost. One that another batch, or a person, has started costs this batch nothing. */
export function hearCredits(progress: BatchProgress, word: RowWord): void {
  const { row, isJoined = false } = word;
  const { spent, spentBefore, unknown, ofOthers } = progress;
  const creditsSpent = numberOf(word.creditsSpent);
  const mayHaveSpent = numberOf(word.mayHaveSpent) ?? 0;
  if (isJoined) {
    ofOthers[row] = creditsSpent ?? ofOthers[row] ?? 0;
    return;
  }
  // Of one try this never becomes less, and a look knows less of it than the training itself.
  if (mayHaveSpent > (unknown[row] ?? 0)) unknown[row] = mayHaveSpent;
  if (creditsSpent === null) return;
  while (spent.length < row - 1) spent.push(0);
  spent[row - 1] = (spentBefore[row] ?? 0) + creditsSpent;
}

/** Its training starts over: what the one before has cost stays in the sum. */
export function keepSpent({ spent, spentBefore, ofOthers }: BatchProgress, row: number): void {
  const before = spent[row - 1] ?? 0;
  if (before > 0) spentBefore[row] = before;
  Reflect.deleteProperty(ofOthers, row);
}

/** What this batch has paid. */
export function creditsSpent({ spent, formerly }: BatchProgress): number {
  return spent.reduce((sum, credits) => sum + credits, formerly);
}

/** Of runs of the batch before this one, and of this one what an older release has not told. */
export function takeEarlier(progress: BatchProgress, { rows, formerly }: EarlierCosts): void {
  const { states, spent, spentBefore, unknown } = progress;
  for (const [row, ofAll, ofEarlier, perhaps] of rows) {
    const index = row - 1;
    while (spent.length < row) spent.push(0);
    // The word of one that goes on is of this try alone.
    if (!isUnderWay(rowStateOf(states[index]))) spent[index] = Math.max(spent[index] ?? 0, ofAll);
    if (ofEarlier > 0) spentBefore[row] = Math.max(spentBefore[row] ?? 0, ofEarlier);
    if (perhaps > 0) unknown[row] = Math.max(unknown[row] ?? 0, perhaps);
  }
  progress.formerly = Math.max(progress.formerly, formerly);
  progress.hasSums = true;
}

/** What others have paid for the rows that it joined. */
export function creditsOfOthers({ ofOthers }: BatchProgress): number {
  return sumOf(ofOthers);
}

/** Nobody knows whether this batch has paid it. */
export function creditsUnknown({ unknown }: BatchProgress): number {
  return sumOf(unknown);
}

/**
 * What all tries have spent that have ended, or may have: of those that are under way, or of which nobody can say any more what
 * became of them, it is known what they may spend at most.
 */
export function creditsOfEnded(progress: BatchProgress): number {
  const { states, spent, spentBefore, formerly } = progress;
  return spent.reduce(
    (sum, credits, index) => {
      const isOpen = isOpenEnded(rowStateOf(states[index]));
      return sum + (isOpen ? (spentBefore[index + 1] ?? 0) : credits);
    },
    formerly + creditsUnknown(progress),
  );
}

/** Anybody may have sent the word. */
function numberOf(credits: number | undefined): number | null {
  return credits !== undefined && Number.isFinite(credits) ? credits : null;
}

function sumOf(sums: Readonly<Record<number, number>>): number {
  return Object.values(sums).reduce((sum, credits) => sum + credits, 0);
}
