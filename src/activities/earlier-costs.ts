import { activityInfo, heartbeat } from '@temporalio/activity';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { mostCredits } from '../batches/price';
import { NoResultError } from '../client/errors';
import { prepared } from '../client/list-trainings';
import { readResult } from '../client/read-result';
import { requestOf } from '../client/request-of';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { trainRequestSchema } from '../contract/request-schema';
import { mapInFlight } from '../map-in-flight';

/** What runs of this batch before this one have paid, or may have. */
export interface EarlierCosts {
  /** Of rows that it has now. `before`: of all tries of a row but the last one. */
  rows: { row: number; spent: number; before: number; unknown: number }[];
  /** Of rows of a manifest that it had before. */
  formerly: number;
}

interface PricedRow {
  id: string;
  /** Counted from 0. */
  index: number;
  /** The most that it may cost. */
  credits: number;
}

export interface Earlier extends EarlierCosts {
  /** Of its trainings, which it joins. */
  ids: ReadonlySet<string>;
  /** Of all of them; of one that runs, or of which nobody can say what it has cost, the most that it may be. */
  credits: number;
}

const AT_ONCE = 10;

/**
 * A batch that was over, or was terminated, may be started again under its id, with the same rows or others: its trainings bear its
 * name, so they are found whatever it has forgotten. As long as Temporal keeps them.
 */
export async function earlierCosts(client: Client, rows: readonly PricedRow[]): Promise<Earlier> {
  const batch = activityInfo().workflowExecution?.workflowId ?? '';
  const byId = new Map(rows.map((row) => [row.id, row]));
  const earlier: Earlier = { rows: [], formerly: 0, ids: new Set(), credits: 0 };
  const tries = await triesOf(client, batch);
  for (const [id, costs] of tries) {
    const row = byId.get(id);
    const mostOfRow = row?.credits ?? (await mostOf(client, id));
    const sums = sumsOf(costs, mostOfRow);
    const last = costs.at(-1) === 'open' ? mostOfRow : 0;
    earlier.credits += sums.spent + sums.unknown + last;
    if (row === undefined) earlier.formerly += sums.spent + sums.unknown + last;
    else earlier.rows.push({ row: row.index + 1, ...sums });
  }
  return { ...earlier, ids: new Set(tries.keys()) };
}

/** `open`: it runs, or nobody can say. */
type Cost = { spent: number; unknown: number } | 'open';

/** By training, its tries from the first. */
async function triesOf(client: Client, batch: string): Promise<Map<string, Cost[]>> {
  const query = [
    `WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`,
    `DarkroomBatch = ${JSON.stringify(batch)}`,
    "ExecutionStatus != 'ContinuedAsNew'",
  ].join(' AND ');
  const found: WorkflowExecutionInfo[] = [];
  await prepared(client, async () => {
    for await (const execution of client.workflow.list({ query })) found.push(execution);
  });
  found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  const costs = await mapInFlight(found, AT_ONCE, async (execution) => {
    heartbeat();
    return costOf(client, execution);
  });
  const tries = new Map<string, Cost[]>();
  for (const [at, { workflowId }] of found.entries())
    tries.set(workflowId, [...(tries.get(workflowId) ?? []), costs[at] ?? 'open']);
  return tries;
}

async function costOf(client: Client, { workflowId, runId, status }: WorkflowExecutionInfo): Promise<Cost> {
  if (!['COMPLETED', 'FAILED', 'CANCELLED'].includes(status.name)) return 'open';
  try {
    const { credits } = await readResult(client, workflowId, runId);
    return { spent: credits.spent, unknown: credits.reserved };
  } catch (error) {
    if (error instanceof NoResultError) return 'open';
    throw error;
  }
}

/** The last try, where it is open, has its price as long as it is. One before it that was terminated may have cost as much. */
function sumsOf(
  costs: readonly Cost[],
  mostOfRow: number,
): { spent: number; before: number; unknown: number } {
  const sums = { spent: 0, before: 0, unknown: 0 };
  for (const [at, cost] of costs.entries()) {
    const isLast = at === costs.length - 1;
    if (cost === 'open') sums.unknown += isLast ? 0 : mostOfRow;
    else {
      sums.spent += cost.spent;
      sums.unknown += cost.unknown;
      if (!isLast) sums.before += cost.spent;
    }
  }
  return sums;
}

/** Of a row that is in no manifest any more. */
async function mostOf(client: Client, id: string): Promise<number> {
  const request = trainRequestSchema.safeParse(await requestOf(client, id));
  return request.success ? mostCredits(request.data) : 0;
}
