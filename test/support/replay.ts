import type { Client } from '@temporalio/client';
import { Worker, type ReplayHistoriesIterable } from '@temporalio/worker';
import { BUNDLE_PATH } from './bundle-path';
import { quietSdk } from './quiet-sdk';

/**
 * Replays every run, continued ones included, of the workflows that a test started: a change that would break
 * running trainings fails the test that shows it. One worker for all of them: each would cost a twentieth of a second.
 */
export async function replayAll(client: Client, ids: ReadonlySet<string>): Promise<number> {
  if (ids.size === 0) return 0;
  quietSdk();
  let replayed = 0;
  const replays = Worker.runReplayHistories(
    { workflowBundle: { codePath: BUNDLE_PATH } },
    runsOf(client, ids),
  );
  for await (const { error } of replays) {
    if (error) throw error;
    replayed += 1;
  }
  return replayed;
}

async function* runsOf(client: Client, ids: ReadonlySet<string>): ReplayHistoriesIterable {
  for (const workflowId of ids)
    for (let runId: string | undefined = await firstRun(client, workflowId); runId !== undefined;) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      yield { workflowId, history };
      const last = history.events?.at(-1);
      runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
    }
}

/** The current run's start event names the first of its chain. */
async function firstRun(client: Client, id: string): Promise<string | undefined> {
  const history = await client.workflow.getHandle(id).fetchHistory();
  return history.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId ?? undefined;
}
