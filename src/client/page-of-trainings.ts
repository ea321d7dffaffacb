import { executionInfoFromRaw } from '@temporalio/client/lib/helpers';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { listed, listQuery, prepared, type ListedTraining, type TrainingFilter } from './list-trainings';
import { CursorError } from './errors';

export interface TrainingPage {
  trainings: ListedTraining[];
  /** For the page that follows; null where there is none. */
  cursor: string | null;
}

/**
 * One page, in the order of the server: what was started last comes first. With its cursor the next one; the filter must be
 * the same then.
 *
 * @throws CursorError where the cursor is none that this gives out
 */
export async function pageOfTrainings(
  client: Client,
  { limit, cursor, ...filter }: TrainingFilter & { limit: number; cursor: string | null },
): Promise<TrainingPage> {
  const { infos, cursor: next } = await pageOf(client, { query: listQuery(filter), limit, cursor });
  return { trainings: infos.map(listed), cursor: next };
}

/** One page of what Temporal lists. @throws CursorError */
export async function pageOf(
  client: Client,
  { query, limit, cursor }: { query: string; limit: number; cursor: string | null },
): Promise<{ infos: Omit<WorkflowExecutionInfo, 'raw'>[]; cursor: string | null }> {
  const { namespace, loadedDataConverter } = client.options;
  const { executions, nextPageToken } = await prepared(client, () =>
    client.workflowService.listWorkflowExecutions({
      namespace,
      query,
      pageSize: limit,
      ...(cursor !== null && { nextPageToken: tokenIn(cursor) }),
    }),
  );
  const infos = await Promise.all(
    executions.map((raw) => executionInfoFromRaw(raw, loadedDataConverter, undefined, namespace)),
  );
  const next = Buffer.from(nextPageToken).toString('base64url');
  return { infos, cursor: next === '' ? null : next };
}

/** The server takes what it cannot read for an error of its own, which is tried again until nobody waits any more. */
function tokenIn(cursor: string): Buffer {
  const token = Buffer.from(cursor, 'base64url');
  try {
    const said: unknown = JSON.parse(token.toString());
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return token;
  } catch (error) {
    throw new CursorError(error);
  }
  throw new CursorError(null);
}
