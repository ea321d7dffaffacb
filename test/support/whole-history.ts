import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { tsToMs } from '@temporalio/common/lib/time';

type Event = temporal.api.history.v1.IHistoryEvent;

/** Every event of a training, those of the runs that it was continued from included, the oldest first. */
export async function wholeHistory(client: Client, id: string): Promise<Event[]> {
  const events: Event[] = [];
  for (let runId: string | undefined, isFirst = true; isFirst || runId !== undefined; isFirst = false) {
    const run = (await client.workflow.getHandle(id, runId).fetchHistory()).events ?? [];
    events.unshift(...run);
    runId = run[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return events;
}

export function atMs(event: Event | undefined): number {
  return tsToMs(event?.eventTime);
}
