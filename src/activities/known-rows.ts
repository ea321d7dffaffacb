import { activityInfo, getClient, heartbeat } from '@temporalio/activity';
import { executionsOf } from '../client/glance-at';

export interface KnownRows {
  ids: ReadonlySet<string>;
  /** The most that those may cost that this batch has started in a run before, and that do not bear its name yet. */
  ownCredits: number;
}

const LOOKED_UP_TOGETHER = 500;

/**
 * What is known is joined, whatever it came to: a batch starts nothing a second time by itself. A training takes the name of its batch with
 * its first step; until then, its parent says whose it is.
 */
export async function knownRows(rows: readonly { id: string; credits: number }[]): Promise<KnownRows> {
  const batch = activityInfo().workflowExecution?.workflowId;
  const ids = new Set<string>();
  const own = new Set<string>();
  for (let from = 0; from < rows.length; from += LOOKED_UP_TOGETHER) {
    const some = rows.slice(from, from + LOOKED_UP_TOGETHER).map(({ id }) => id);
    for await (const { workflowId, parentExecution } of executionsOf(getClient(), some)) {
      ids.add(workflowId);
      if (parentExecution?.workflowId === batch) own.add(workflowId);
    }
    heartbeat();
  }
  const ownCredits = rows.filter(({ id }) => own.has(id)).reduce((sum, { credits }) => sum + credits, 0);
  return { ids, ownCredits };
}
