import {
  defineQuery,
  defineSignal,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { BATCH_QUERY, ROW_SIGNAL, STEER_UPDATE } from '../contract/names';
import type { BatchOrder, BatchRow, BatchStatus, FolderOrder, RowWord, Steering } from '../contract/batch';
import { neverAgain } from '../failures';
import { countStates, creditsSpent, freshBatch, hear, isOver, type BatchProgress } from './batch-rows';

const batchQuery = defineQuery<BatchStatus>(BATCH_QUERY);
/** A training of the batch tells how it goes. */
const rowSignal = defineSignal<[RowWord]>(ROW_SIGNAL);
/** Pause, resume, cancel. */
const steerUpdate = defineUpdate<BatchStatus, [Steering]>(STEER_UPDATE);

/** A row whose word was lost, because somebody terminated it or the batch, is heard of this late. */
export const LOOK_EVERY_MS = 10 * 60_000;

/** One execution of the workflow. */
export interface BatchRun {
  readonly id: string;
  /** Without a manifest while the rows are looked for. */
  order: BatchOrder;
  readonly progress: BatchProgress;
  /** How often something was heard, so that whoever waits knows that it was. */
  words: number;
  /** The page that was read last. */
  page: { number: number; rows: readonly BatchRow[] } | null;
  /** When all that are under way are looked at, whatever is heard until then. Unix milliseconds. */
  nextLookAtMs: number;
}

export function beginBatch(wanted: BatchOrder | FolderOrder, carried: BatchProgress | undefined): BatchRun {
  const { workflowId, continuedFromExecutionRunId = '' } = workflowInfo();
  const isContinued = continuedFromExecutionRunId !== '';
  const order = 'everyFolder' in wanted ? { manifest: '', rows: 0, pages: [], ...bounds(wanted) } : wanted;
  const fresh = freshBatch(order.rows);
  const batch: BatchRun = {
    id: workflowId,
    order,
    progress: { ...fresh, ...(isContinued ? carried : undefined) },
    words: 0,
    page: null,
    nextLookAtMs: Date.now() + LOOK_EVERY_MS,
  };
  setHandler(batchQuery, () => statusOfBatch(batch), { description: 'How many rows are where, credits.' });
  setHandler(rowSignal, (word) => hearWords(batch, [word]), {
    description: 'Of the trainings of this batch.',
  });
  setHandler(steerUpdate, (steering) => steer(batch, steering), {
    validator: (steering) => assertSteering(batch, steering),
    description: 'One of {"do": "pause"} · {"do": "resume"} · {"do": "cancel"}',
  });
  tellAll(batch);
  return batch;
}

function bounds({ inFlight, failsWithRows = false }: FolderOrder) {
  return { inFlight, failsWithRows };
}

export function isGathering({ order }: Pick<BatchRun, 'order'>): boolean {
  return order.manifest === '';
}

export function hearWords(batch: BatchRun, words: readonly RowWord[]): void {
  for (const word of words) hear(batch.progress, word);
  tellAll(batch);
}

function tellAll(batch: BatchRun): void {
  batch.words += 1;
  setCurrentDetails(statusOfBatch(batch).line);
}

function steer(batch: BatchRun, steering: Steering): BatchStatus {
  switch (steering.do) {
    case 'pause':
    case 'resume':
      batch.progress.isPaused = steering.do === 'pause';
      break;
    case 'cancel':
      batch.progress.isCanceled = true;
  }
  tellAll(batch);
  return statusOfBatch(batch);
}

function assertSteering(batch: BatchRun, steering: unknown): void {
  const word = (steering as { do?: unknown } | null)?.do;
  if (word !== 'pause' && word !== 'resume' && word !== 'cancel')
    throw neverAgain('InvalidRequest', 'Send one of {"do": "pause"}, {"do": "resume"} and {"do": "cancel"}');
  if (isOver(batch.progress) && !isGathering(batch)) throw neverAgain('InvalidRequest', 'The batch is over');
}

export function statusOfBatch({ id, order, progress }: BatchRun): BatchStatus {
  const states = countStates(progress);
  const spent = creditsSpent(progress);
  const said = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  const { isPaused, isCanceled } = progress;
  const how = isCanceled ? ['canceled'] : isPaused ? ['paused'] : [];
  if (isGathering({ order })) how.push('looking for folders');
  return {
    id,
    rows: order.rows,
    states,
    creditsSpent: spent,
    inFlight: order.inFlight,
    isPaused,
    isCanceled,
    line: [`${order.rows} rows`, ...how, ...said, `${spent} credits spent`].join(' · '),
  };
}
