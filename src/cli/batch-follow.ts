import { setTimeout as delay } from 'node:timers/promises';
import type { BatchStatus, RowState } from '../contract/batch';
import type { Darkroom } from '../client';
import { EXIT } from './exit-code';

const LOOK_EVERY_MS = 1000;
const OPEN: readonly RowState[] = [
  'waiting',
  'normalizing',
  'uploading',
  'queued',
  'submitting',
  'reconciling',
  'training',
];

/** Says how a batch goes, a line a change, until nothing goes on by itself any more. */
export async function followBatch(darkroom: Darkroom, id: string): Promise<void> {
  let last = '';
  for (;;) {
    const status = await darkroom.batch(id);
    if (status.line !== last) process.stdout.write(`${status.line}\n`);
    last = status.line;
    if (isResting(status)) {
      process.exitCode = exitOfBatch(status);
      return;
    }
    await delay(LOOK_EVERY_MS);
  }
}

function isResting({ states, isCanceled }: BatchStatus): boolean {
  return OPEN.every((state) => (states[state] ?? 0) === 0 || (state === 'waiting' && isCanceled));
}

/** As of one training: 4 where a person has to decide, 1 where a row did not succeed. */
function exitOfBatch({ states, rows }: BatchStatus): number {
  if ((states['needs-decision'] ?? 0) > 0) return EXIT.needsDecision;
  return states.succeeded === rows ? EXIT.done : EXIT.trainingFailed;
}
