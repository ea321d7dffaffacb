import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** What Temporal stores and does for one training. */
export interface HistoryCost {
  events: number;
  workflowTasks: number;
  /** Of all inputs, results and details, as they are stored. */
  payloadBytes: number;
}

export async function historyCost(client: Client, id: string): Promise<HistoryCost> {
  const { events } = await client.workflow.getHandle(id).fetchHistory();
  return costOf(events ?? []);
}

export function costOf(events: readonly temporal.api.history.v1.IHistoryEvent[]): HistoryCost {
  const isTask = ({ workflowTaskCompletedEventAttributes: done }: (typeof events)[number]) =>
    done !== null && done !== undefined;
  return {
    events: events.length,
    workflowTasks: events.filter(isTask).length,
    payloadBytes: payloadBytes(events),
  };
}

/** Payloads stand at many places of many kinds of events; each is an object with `data`. */
function payloadBytes(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  if ('data' in part && part.data instanceof Uint8Array) return part.data.length;
  return Object.values(part).reduce<number>((sum, value) => sum + payloadBytes(value), 0);
}
