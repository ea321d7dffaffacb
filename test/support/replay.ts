import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { BUNDLE_PATH } from './bundle-path';
import { quietSdk } from './quiet-sdk';

/**
 * Replays every run, continued ones included, of the workflows that a test started: a change that would break
 * running trainings fails the test that shows it. Waits until the list, which lags a little, has them all.
 */
export async function replayAll(client: Client, ids: ReadonlySet<string>): Promise<number> {
  if (ids.size === 0) return 0;
  quietSdk();
  let replayed = 0;
  for (const id of ids) {
    for (let runId: string | undefined = await firstRun(client, id); runId !== undefined;) {
      const history = await client.workflow.getHandle(id, runId).fetchHistory();
      await Worker.runReplayHistory({ workflowBundle: { codePath: BUNDLE_PATH } }, history, id);
      replayed += 1;
      const last = history.events?.at(-1);
      runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
    }
  }
  return replayed;
}

/** The current run's start event names the first of its chain. */
async function firstRun(client: Client, id: string): Promise<string | undefined> {
  const history = await client.workflow.getHandle(id).fetchHistory();
  return history.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId ?? undefined;
}
