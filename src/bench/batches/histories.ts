import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;

/** All events of a workflow, over the runs that it continued as. */
export async function eventsOf(client: Client, id: string): Promise<Event[]> {
  const events: Event[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${id}'` }))
    events.push(...((await client.workflow.getHandle(id, runId).fetchHistory()).events ?? []));
  return events;
}

/** From the first question of a training to its account, to the first answer. Null: it has asked nothing. */
export async function askedMs(client: Client, id: string): Promise<number | null> {
  const { events } = await client.workflow.getHandle(id).fetchHistory();
  const asked = events?.find(
    ({ signalExternalWorkflowExecutionInitiatedEventAttributes: to }) => to?.signalName === 'account',
  );
  const answered = events?.find(
    ({ workflowExecutionSignaledEventAttributes: from }) => from?.signalName === 'place',
  );
  if (asked === undefined || answered === undefined) return null;
  return msOf(answered) - msOf(asked);
}

function msOf({ eventTime }: Event): number {
  return Number(eventTime?.seconds ?? 0) * 1000 + (eventTime?.nanos ?? 0) / 1e6;
}
