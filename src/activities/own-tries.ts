import { activityInfo, heartbeat } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { NO_TRIES, type Tries } from '../batches/paid-by-batch';
import { NoResultError } from '../client/errors';
import { prepared } from '../client/list-trainings';
import { readResult } from '../client/read-result';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { mapInFlight } from '../map-in-flight';

const AT_ONCE = 10;

/** Whose costs are read, and of whose tries it is known otherwise that they go on. */
export interface TriesWanted {
  isRead: (id: string) => boolean;
  isUnderWay: (id: string) => boolean;
}

/**
 * The trainings that this batch has started, by their ids, in whatever run of it and of whatever manifest: they bear its name, so
 * they are found whatever it has forgotten. As long as Temporal keeps them.
 */
export async function ownTries(client: Client, wanted: TriesWanted): Promise<Map<string, Tries>> {
  const found = await executionsOfBatch(client);
  const costs = await mapInFlight(found, AT_ONCE, async (execution) => {
    heartbeat();
    return costOf(client, execution, wanted);
  });
  const tries = new Map<string, Tries>();
  for (const [at, { workflowId }] of found.entries())
    tries.set(workflowId, withNext(tries.get(workflowId) ?? NO_TRIES, costs[at] ?? 'open'));
  return tries;
}

/** From the first. */
async function executionsOfBatch(client: Client): Promise<WorkflowExecutionInfo[]> {
  const batch = activityInfo().workflowExecution?.workflowId ?? '';
  const query = [
    `WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`,
    `DarkroomBatch = ${JSON.stringify(batch)}`,
    "ExecutionStatus != 'ContinuedAsNew'",
  ].join(' AND ');
  const found: WorkflowExecutionInfo[] = [];
  await prepared(client, async () => {
    for await (const execution of client.workflow.list({ query })) {
      found.push(execution);
      heartbeat();
    }
  });
  return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
}

/** `open`: it goes on, or nobody can say what it has cost. `unread`: it has ended, and that is all that is wanted. */
type Cost = { spent: number; unknown: number } | 'open' | 'unread';

const ENDS: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

async function costOf(
  client: Client,
  { workflowId, runId, status }: WorkflowExecutionInfo,
  { isRead, isUnderWay }: TriesWanted,
): Promise<Cost> {
  const hasEnded = ENDS.includes(status.name) || (await hasEndedSince());
  if (!hasEnded) return 'open';
  if (!isRead(workflowId)) return 'unread';
  try {
    const { credits } = await readResult(client, workflowId, runId);
    return { spent: credits.spent, unknown: credits.reserved };
  } catch (error) {
    if (error instanceof NoResultError) return 'open';
    throw error;
  }

  /** Lists lag behind, and one that has just ended would be counted twice. */
  async function hasEndedSince(): Promise<boolean> {
    if (status.name !== 'RUNNING' || isUnderWay(workflowId)) return false;
    const now = await client.workflow.getHandle(workflowId, runId).describe();
    return ENDS.includes(now.status.name);
  }
}

function withNext(tries: Tries, cost: Cost): Tries {
  if (cost === 'unread') return tries;
  if (cost === 'open') return { ...tries, before: tries.spent, open: tries.open + 1 };
  return {
    ...tries,
    before: tries.spent,
    spent: tries.spent + cost.spent,
    unknown: tries.unknown + cost.unknown,
  };
}
