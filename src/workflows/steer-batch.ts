import { CancellationScope, condition, defineUpdate, patched, setHandler } from '@temporalio/workflow';
import { isRetried, ROW_ENDS, type BatchStatus, type Steering } from '../contract/batch';
import { STEER_UPDATE } from '../contract/names';
import { neverAgain } from '../failures';
import { askAgain, hear, isOver, retriedRows, stateOf, tryAgain } from './batch-rows';
import { isGathering, statusOfBatch, tellAll, type BatchRun } from './batch-run';
import { cancelStarted, cancelTrainings } from './cancel-rows';

/** Pause, resume, cancel, retry. */
const steerUpdate = defineUpdate<BatchStatus, [Steering]>(STEER_UPDATE);

export function steerable(batch: BatchRun): void {
  setHandler(steerUpdate, (steering) => steer(batch, steering), {
    validator: (steering: Steering) => assertSteering(batch, steering),
    description:
      'One of {"do": "pause"} · {"do": "resume"} · {"do": "cancel"} · {"do": "retry"}; the last two also with "rows": places from 1, the last one with "budgetCredits", which may be all that it says with "rows": []',
  });
}

async function steer(batch: BatchRun, steering: Steering): Promise<BatchStatus> {
  const { progress } = batch;
  switch (steering.do) {
    case 'pause':
    case 'resume':
      progress.isPaused = steering.do === 'pause';
      if (steering.do === 'resume') progress.trouble = '';
      break;
    case 'cancel':
      if (steering.rows === undefined) await cancelAll(batch);
      else await CancellationScope.nonCancellable(() => cancelSome(batch, steering.rows ?? []));
      break;
    case 'retry':
      batch.retries += 1;
      if (steering.budgetCredits !== undefined) newBudget(batch, steering.budgetCredits);
      for (const index of placesOf(batch, steering)) tryAgain(progress, index);
  }
  tellAll(batch);
  return statusOfBatch(batch);
}

/** What waits, and has not been started, has to fit into it. */
function newBudget(batch: BatchRun, budgetCredits: number): void {
  batch.order = { ...batch.order, budgetCredits };
  askAgain(batch.progress);
}

/** Whatever this waits for just then, its trainings end at once: they pay as long as they go on. */
async function cancelAll(batch: BatchRun): Promise<void> {
  batch.progress.isCanceled = true;
  if (patched('cancel-tells-at-once')) await CancellationScope.nonCancellable(() => cancelStarted(batch));
}

/** A row that waits is never started; one that is under way is asked to end, and says itself when it has. */
async function cancelSome(batch: BatchRun, rows: readonly number[]): Promise<void> {
  const { progress, starting } = batch;
  for (const row of rows)
    if (stateOf(progress, row - 1) === 'waiting') hear(progress, { row, state: 'canceled' });
  await condition(() => rows.every((row) => !starting.has(row)));
  await cancelTrainings(rows.flatMap((row) => progress.ids[row] ?? []));
}

function placesOf({ progress }: BatchRun, { rows }: Extract<Steering, { do: 'retry' }>): number[] {
  if (rows !== undefined) return rows.map((row) => row - 1);
  const all = retriedRows(progress);
  const some = withoutTerminated(progress);
  return some.length === all.length || !patched('terminated-stays') ? all : some;
}

/** Nobody can say what those have cost, and whoever has them wait again forgets that they may have cost something. */
function withoutTerminated(progress: BatchRun['progress']): number[] {
  return retriedRows(progress).filter((index) => stateOf(progress, index) !== 'terminated');
}

const WORDS: readonly unknown[] = ['pause', 'resume', 'cancel', 'retry'] satisfies Steering['do'][];

function assertSteering(batch: BatchRun, steering: Steering): void {
  const { progress } = batch;
  // Anybody may have sent anything.
  const { do: word, rows } = (steering as Partial<Extract<Steering, { do: 'retry' }>> | null) ?? {};
  if (!WORDS.includes(word))
    throw neverAgain(
      'InvalidRequest',
      'Send one of {"do": "pause"}, {"do": "resume"}, {"do": "cancel"} and {"do": "retry"}',
    );
  if (isOver(progress) && !isGathering(batch)) throw neverAgain('InvalidRequest', 'The batch is over');
  if (steering.do === 'retry' && progress.isCanceled)
    throw neverAgain('InvalidRequest', 'The batch is being canceled; retry its rows when it is over');
  if (steering.do === 'retry' && rows === undefined && withoutTerminated(progress).length === 0)
    throw neverAgain('InvalidRequest', 'No row has ended without success, so there is nothing to retry');
  const isOfBudgetAlone =
    steering.do === 'retry' && steering.budgetCredits !== undefined && rows?.length === 0;
  if (rows !== undefined && !isOfBudgetAlone) assertRows(progress, steering, rows);
  if (steering.do === 'retry') assertBudget(steering.budgetCredits);
}

function assertBudget(budgetCredits: unknown): void {
  if (budgetCredits === undefined || (Number.isInteger(budgetCredits) && Number(budgetCredits) > 0)) return;
  throw neverAgain('InvalidRequest', '"budgetCredits" must be a whole number of credits, 1 or more');
}

function assertRows(progress: BatchRun['progress'], { do: word }: Steering, rows: unknown): void {
  if (!Array.isArray(rows) || rows.length === 0)
    throw neverAgain('InvalidRequest', '"rows" must be places in the batch, such as [1, 12]');
  for (const row of rows as unknown[]) {
    if (typeof row !== 'number' || !Number.isInteger(row) || row < 1 || row > progress.states.length)
      throw neverAgain('InvalidRequest', `The batch has no row ${String(row)}`);
    const state = stateOf(progress, row - 1);
    if (word === 'retry' && !isRetried(state))
      throw neverAgain(
        'InvalidRequest',
        `Row ${row} is ${state}: only what has ended without success is retried`,
      );
    if (word === 'retry' && state === 'terminated')
      throw neverAgain(
        'InvalidRequest',
        `Row ${row} was terminated, and nobody can say what it has cost; give it another generation in the manifest to train and pay again`,
      );
    if (word === 'cancel' && ROW_ENDS.includes(state))
      throw neverAgain('InvalidRequest', `Row ${row} has ended already: ${state}`);
  }
}
