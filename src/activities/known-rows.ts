import { activityInfo, heartbeat } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { NoResultError } from '../client/errors';
import { executionsOf } from '../client/glance-at';
import { listed } from '../client/list-trainings';
import { readResult } from '../client/read-result';

export interface KnownRows {
  ids: ReadonlySet<string>;
  /** What an earlier run of this batch has paid for them, or may have. */
  paidCredits: number;
}

const LOOKED_UP_TOGETHER = 500;

/**
 * Which rows Temporal knows: they are joined, whatever they came to, because a batch starts nothing a second time by itself. A batch
 * that was over, or was terminated, and is started again under its id has paid for those that it had started itself.
 *
 * @param rows with the most that each may cost
 */
export async function knownRows(
  client: Client,
  rows: readonly { id: string; credits: number }[],
): Promise<KnownRows> {
  const batch = activityInfo().workflowExecution?.workflowId;
  const ids = new Set<string>();
  let paidCredits = 0;
  for (let from = 0; from < rows.length; from += LOOKED_UP_TOGETHER) {
    const some = new Map(rows.slice(from, from + LOOKED_UP_TOGETHER).map(({ id, credits }) => [id, credits]));
    for await (const execution of executionsOf(client, [...some.keys()])) {
      ids.add(execution.workflowId);
      heartbeat();
      if (execution.parentExecution?.workflowId !== batch) continue;
      paidCredits += await paidFor(client, execution, some.get(execution.workflowId) ?? 0);
    }
    heartbeat();
  }
  return { ids, paidCredits };
}

/** What nobody can say, or not yet, is the most that it may be. */
async function paidFor(
  client: Client,
  execution: WorkflowExecutionInfo,
  mostCredits: number,
): Promise<number> {
  const { workflowId, runId, status } = execution;
  // Most rows: what the list says of those is right, and costs no call.
  if (status.name === 'COMPLETED') return listed(execution).creditsSpent;
  if (!['FAILED', 'CANCELLED'].includes(status.name)) return mostCredits;
  try {
    const { charge, credits } = await readResult(client, workflowId, runId);
    return credits.spent + (charge === 'unknown' ? credits.reserved : 0);
  } catch (error) {
    if (error instanceof NoResultError) return mostCredits;
    throw error;
  }
}
