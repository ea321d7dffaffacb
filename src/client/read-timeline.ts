import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';
import type { temporal } from '@temporalio/proto';
import { DECIDE_UPDATE } from '../contract/names';
import { isGrpcStatus } from './grpc-status';
import { ACTIVE_STATES, END_STATES, type TrainingState } from '../contract/state';

/** Something that a training went through. `terminated`: by an operator or a Temporal time-out. */
export type TimelineEntry = { at: Date } & (
  { what: 'state'; state: TrainingState } | { what: 'decided' } | { what: 'terminated' }
);

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** Each is a history of thousands of events; a training that waits for two weeks has one or two. */
const MAX_RUNS = 10;

/**
 * What Temporal has recorded of a training, oldest first: its states, and that a person decided. Needs no worker. Over runs that
 * continue each other, as far back as they are kept.
 */
export async function readTimeline(client: Client, id: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let runId: string | null = null;
  for (let runs = 0; runs < MAX_RUNS; runs += 1) {
    const history: HistoryEvent[] = await historyOf(client, id, runId).catch((error: unknown) => {
      // An earlier run may be kept no longer.
      if (runId === null || !isGrpcStatus(error, 'NOT_FOUND')) throw error;
      return [];
    });
    entries.unshift(...timelineOf(history));
    runId = history[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    if (runId === '') break;
  }
  return withoutRepeats(entries);
}

async function historyOf(client: Client, id: string, runId: string | null): Promise<HistoryEvent[]> {
  const { events } = await client.workflow.getHandle(id, runId ?? undefined).fetchHistory();
  return events ?? [];
}

/** Pure. */
export function timelineOf(history: readonly HistoryEvent[]): TimelineEntry[] {
  return history.flatMap((event): TimelineEntry[] => {
    const at = new Date(tsToMs(event.eventTime));
    const state = stateIn(event);
    if (state !== null) return [{ at, what: 'state', state }];
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
    if (accepted === DECIDE_UPDATE) return [{ at, what: 'decided' }];
    const isStopped =
      event.workflowExecutionTerminatedEventAttributes ?? event.workflowExecutionTimedOutEventAttributes;
    return isStopped ? [{ at, what: 'terminated' }] : [];
  });
}

/** Search attributes are JSON, and never encrypted. */
function stateIn({
  upsertWorkflowSearchAttributesEventAttributes: upsert,
}: HistoryEvent): TrainingState | null {
  const data = upsert?.searchAttributes?.indexedFields?.['DarkroomState']?.data;
  if (!data) return null;
  const word: unknown = JSON.parse(Buffer.from(data).toString());
  return [...ACTIVE_STATES, ...END_STATES].find((one) => one === word) ?? null;
}

/** An update that goes along with another attribute says the state once more. */
function withoutRepeats(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.filter((entry, index) => {
    const before = entries[index - 1];
    return !(entry.what === 'state' && before?.what === 'state' && before.state === entry.state);
  });
}
