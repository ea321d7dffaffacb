import {
  defineQuery,
  defineSignal,
  patched,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { BATCH_QUERY, BATCH_ROWS_QUERY, ROW_SIGNAL } from '../contract/names';
import {
  DEFAULT_IN_FLIGHT,
  type BatchOrder,
  type BatchRow,
  type BatchRows,
  type BatchStatus,
  type FolderOrder,
  type RowWord,
} from '../contract/batch';
import { assertOrder } from './assert-order';
import { creditsOfOthers, creditsSpent, creditsUnknown } from './batch-credits';
import { countStates, freshBatch, hear, progressAfter, type BatchProgress } from './batch-rows';

const batchQuery = defineQuery<BatchStatus>(BATCH_QUERY);
const rowsQuery = defineQuery<BatchRows>(BATCH_ROWS_QUERY);
/** A training of the batch tells how it goes. */
const rowSignal = defineSignal<[RowWord]>(ROW_SIGNAL);

/** A row whose word was lost, because somebody terminated it or the batch, is heard of this late. */
const LOOK_EVERY_MS = 10 * 60_000;
/** A row that was joined tells whoever has started it. */
const LOOK_AT_JOINED_EVERY_MS = 60_000;

/** One execution of the workflow. */
export interface BatchRun {
  readonly id: string;
  /** Without a manifest while the rows are looked for. */
  order: BatchOrder;
  readonly progress: BatchProgress;
  /** How often something was heard, so that whoever waits knows that it was. */
  words: number;
  /** How often rows were to be tried again: what was looked up before that is old. */
  retries: number;
  /** Places of rows that are being started: what is asked of them may come before there is anybody to hear it. */
  readonly starting: Set<number>;
  /** Trainings that were asked to end, because all of the batch was canceled. */
  readonly toldToEnd: Set<string>;
  /** The page that was read last. */
  page: { number: number; rows: readonly BatchRow[] } | null;
  /** When all that are under way are looked at, whatever is heard until then. Unix milliseconds. */
  nextLookAtMs: number;
}

export function beginBatch(wanted: BatchOrder | FolderOrder, carried: BatchProgress | undefined): BatchRun {
  const { workflowId, continuedFromExecutionRunId = '' } = workflowInfo();
  const isContinued = continuedFromExecutionRunId !== '';
  assertOrder(wanted);
  const order =
    'everyFolder' in wanted ? { manifest: '', rows: 0, pages: [], ...bounds(wanted) } : { ...wanted };
  // A schedule that somebody has made elsewhere may not say it, and nothing would be started, for ever.
  if (!Number.isFinite(order.inFlight) && patched('in-flight-where-nothing-is-said'))
    order.inFlight = DEFAULT_IN_FLIGHT;
  const fresh = order.retry === undefined ? freshBatch(order.rows) : progressAfter(order.retry);
  const progress = { ...fresh, ...(isContinued ? carried : undefined) };
  const batch: BatchRun = {
    id: workflowId,
    order,
    progress,
    words: 0,
    retries: 0,
    starting: new Set(),
    toldToEnd: new Set(),
    page: null,
    nextLookAtMs: progress.nextLookAtMs ?? nextLookAtMs({ order, progress }),
  };
  setHandler(batchQuery, () => statusOfBatch(batch), { description: 'How many rows are where, credits.' });
  setHandler(rowSignal, (word) => hearWords(batch, [word]), {
    description: 'Of the trainings of this batch.',
  });
  setHandler(rowsQuery, () => rowsOfBatch(batch), { description: 'A letter for each row, and its credits.' });
  tellAll(batch);
  return batch;
}

function bounds({ inFlight, failsWithRows = false, budgetCredits, beyondMeans = 'refuse' }: FolderOrder) {
  return { inFlight, failsWithRows, beyondMeans, ...(budgetCredits !== undefined && { budgetCredits }) };
}

export function isGathering({ order }: Pick<BatchRun, 'order'>): boolean {
  return order.manifest === '';
}

export function nextLookAtMs({ order, progress }: Pick<BatchRun, 'order' | 'progress'>): number {
  const { lookEveryMs = progress.hasJoined ? LOOK_AT_JOINED_EVERY_MS : LOOK_EVERY_MS } = order;
  return Date.now() + lookEveryMs;
}

export function hearWords(batch: BatchRun, words: readonly RowWord[]): void {
  for (const word of words) hear(batch.progress, word);
  tellAll(batch);
}

export function tellAll(batch: BatchRun): void {
  batch.words += 1;
  setCurrentDetails(statusOfBatch(batch).line);
}

export function statusOfBatch({ id, order, progress }: BatchRun): BatchStatus {
  const states = countStates(progress);
  const spent = creditsSpent(progress);
  const said = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  const { isPaused, isCanceled, trouble } = progress;
  const paused = trouble === '' ? 'paused' : `paused, because ${trouble}`;
  const how = isCanceled ? ['canceled'] : isPaused ? [paused] : [];
  const { budgetCredits = null, notRight } = order;
  const wrong = notRight === undefined ? [] : [`${notRight.rows} more that were not right`];
  const spentWords = `${spent} credits spent${budgetCredits === null ? '' : ` of ${budgetCredits}`}`;
  if (isGathering({ order })) how.push('looking for folders');
  return {
    id,
    rows: order.rows,
    states,
    creditsSpent: spent,
    inFlight: order.inFlight,
    budgetCredits,
    ...(notRight !== undefined && { rowsNotRight: notRight.rows }),
    isPaused,
    isCanceled,
    line: [`${order.rows} rows`, ...wrong, ...how, ...said, spentWords, ...moreWords(progress)].join(' · '),
  };
}

function moreWords(progress: BatchProgress): string[] {
  const unknown = creditsUnknown(progress);
  const ofOthers = creditsOfOthers(progress);
  return [
    ...(unknown === 0 ? [] : [`${unknown} more perhaps`]),
    ...(ofOthers === 0 ? [] : [`${ofOthers} by others`]),
  ];
}

function rowsOfBatch({ order: { manifest, pages, notRight }, progress }: BatchRun): BatchRows {
  const { states, spent, spentBefore, unknown, ofOthers, formerly, hasSums } = progress;
  return { manifest, pages, notRight, states, spent, spentBefore, unknown, ofOthers, formerly, hasSums };
}
