import type { RecordFound, Repeated } from '../activities/find-on-record';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { noteRepeated } from './credits';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/**
 * Where an earlier run under this id has left records, and its history is gone: what it has sent is paid, or may be. Asked first of
 * all, because then no photo, no slot and no credits may stand in its way.
 */
export async function findOnRecord(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { request, storeId = null, account = null, firstOnRecord = null } = planOf(run);
  if (firstOnRecord === null) return;
  // In case this is as far as it comes.
  if (firstOnRecord === 'sent') progress.charge = 'unknown';
  const found = await activities.findOnRecord.executeWithOptions({ summary: 'what was sent before' }, [
    { request, storeId, account },
  ]);
  // Once: what this run sends itself, it knows.
  progress.plan = { ...planOf(run), firstOnRecord: null };
  progress.charge = 'none';
  switch (found.is) {
    case 'another':
      throw stopped(run, 'IdTaken', found.words);
    case 'free':
      takeRepeated(run, found.repeated);
      return;
    case 'sent':
      takeRepeated(run, found.repeated);
      takeOver(run, found);
      return;
    default:
      assertNever(found);
  }
}

function takeRepeated(run: TrainingRun, repeated: readonly Repeated[]): void {
  for (const { attempt, credits, booked } of repeated)
    noteRepeated(run, { attempt, credits, isBooked: booked !== null });
  if (repeated.length > 0) {
    run.progress.isRetriedUnknown = true;
    run.progress.charge = 'unknown';
  }
}

function takeOver(
  run: TrainingRun,
  { attempt, credits, booked }: Extract<RecordFound, { is: 'sent' }>,
): void {
  const { progress } = run;
  const { request, account = null } = planOf(run);
  progress.charge = 'unknown';
  // A person names the training, and it needs no lookup; where that cannot be taken over, it is still paid.
  if (request.adopt !== undefined) return;
  progress.attempt = attempt;
  progress.isSentBefore = true;
  progress.booked = booked;
  progress.credits = { ...progress.credits, reserved: credits };
  // It has its slot at the provider, whoever has given it; its account learns of it, or has known it all the time.
  if (account !== null) progress.place = { is: 'in', turn: 'none', words: '', sinceMs: null };
}
