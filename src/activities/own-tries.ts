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
  const byId = new Map<string, WorkflowExecutionInfo[]>();
  for (const execution of await executionsOfBatch(client))
    byId.set(execution.workflowId, [...(byId.get(execution.workflowId) ?? []), execution]);
  const found = await mapInFlight([...byId], AT_ONCE, async ([id, executions]) => {
    heartbeat();
    return [id, await triesOf(client, await lastOfChains(client, executions), wanted)] as const;
  });
  return new Map(found);
}

/** One that an operator resets goes on in another run, which tells of both. */
async function lastOfChains(
  client: Client,
  executions: readonly WorkflowExecutionInfo[],
): Promise<readonly WorkflowExecutionInfo[]> {
  if (executions.length < 2) return executions;
  const last = new Map<string, WorkflowExecutionInfo>();
  for (const execution of executions) {
    const { raw } = await client.workflow.getHandle(execution.workflowId, execution.runId).describe();
    const first = raw.workflowExecutionInfo?.firstRunId ?? '';
    last.set(first === '' ? execution.runId : first, execution);
  }
  return [...last.values()];
}

async function triesOf(
  client: Client,
  executions: readonly WorkflowExecutionInfo[],
  wanted: TriesWanted,
): Promise<Tries> {
  let tries = NO_TRIES;
  for (const execution of executions) tries = withNext(tries, await costOf(client, execution, wanted));
  const last = executions.at(-1);
  return last !== undefined && tries.isOver && wanted.isUnderWay(last.workflowId)
    ? { ...tries, isOver: await isNewest(client, last) }
    : tries;
}

/** The batch has started it once more, and lists lag behind. */
async function isNewest(client: Client, { workflowId, runId }: WorkflowExecutionInfo): Promise<boolean> {
  return (await client.workflow.getHandle(workflowId).describe()).runId === runId;
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
  if (cost === 'unread') return { ...tries, isOver: false };
  if (cost === 'open') return { ...tries, before: tries.spent, open: tries.open + 1, isOver: false };
  return {
    before: tries.spent,
    spent: tries.spent + cost.spent,
    unknown: tries.unknown + cost.unknown,
    open: tries.open,
    isOver: true,
  };
}
