import { setTimeout as delay } from 'node:timers/promises';
import { ROW_ENDS, ROW_STATES, type BatchStatus, type RowState } from '../contract/batch';
import type { Darkroom } from '../client';
import { mayComeBack } from '../client/sights';
import { errorMessage } from '../error-facts';
import { batchOutput } from './batch-output';
import { EXIT } from './exit-code';

const LOOK_EVERY_MS = 1000;
const isOpen = (state: RowState) => !ROW_ENDS.includes(state) && state !== 'needs-decision';

/** Says how a batch goes, a bar or a line a change, until nothing goes on by itself any more. */
export async function followBatch(darkroom: Darkroom, id: string): Promise<void> {
  const output = batchOutput(process.stdout);
  for (;;) {
    const status = await patiently(darkroom, id, () => output.release());
    if (status !== null) output.show(status);
    if (status !== null && isResting(status)) {
      process.exitCode = exitOfBatch(status);
      return;
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** Null while no worker or no server answers: a deploy is no end of a batch. */
async function patiently(
  darkroom: Darkroom,
  id: string,
  beforeWords: () => void,
): Promise<BatchStatus | null> {
  try {
    return await darkroom.batch(id);
  } catch (error) {
    if (!mayComeBack(error)) throw error;
    beforeWords();
    process.stderr.write(`${errorMessage(error)}\n`);
    return null;
  }
}

function isResting({ states, isCanceled }: BatchStatus): boolean {
  return ROW_STATES.filter(isOpen).every(
    (state) => (states[state] ?? 0) === 0 || (state === 'waiting' && isCanceled),
  );
}

/** As of one training: 4 where a person has to decide, 1 where a row did not succeed. */
function exitOfBatch({ states, rows, rowsNotRight = 0 }: BatchStatus): number {
  if ((states['needs-decision'] ?? 0) > 0) return EXIT.needsDecision;
  return states.succeeded === rows && rowsNotRight === 0 ? EXIT.done : EXIT.trainingFailed;
}
