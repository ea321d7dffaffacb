import { activityInfo, getClient, log } from '@temporalio/activity';
import { TRAINING_TASK_QUEUE, WATCH_ACCOUNT_WORKFLOW } from '../contract/names';
import type { ProviderName } from '../contract/request';
import { watcherWorkflowId } from '../watching/watcher-id';
import type { ActivityPorts } from './ports';

/** In intervals of the watcher, which stays for longer than this after the last training that it knows of. */
const START_KNOWN_INTERVALS = 5;

/**
 * Makes sure that the account of a provider is watched, to be called when a training waits. The watcher saves time and calls, and
 * nothing depends on it: where it cannot be started, that is logged, and the next poll of any training tries again.
 */
export function startWatcher({ providers, watch }: Pick<ActivityPorts, 'providers' | 'watch'>) {
  const startedAtMs = new Map<ProviderName, number>();
  return async (provider: ProviderName): Promise<void> => {
    const nowMs = Date.now();
    const isKnown =
      nowMs - (startedAtMs.get(provider) ?? -Infinity) < START_KNOWN_INTERVALS * watch.intervalMs;
    if (!watch.isOn || isKnown || !activityInfo().inWorkflow) return;
    startedAtMs.set(provider, nowMs);
    const { account } = providers.account(provider);
    try {
      await getClient().workflow.start(WATCH_ACCOUNT_WORKFLOW, {
        workflowId: watcherWorkflowId(provider, account),
        taskQueue: TRAINING_TASK_QUEUE,
        args: [{ provider, account }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `watches the trainings at ${provider} (${account})`,
      });
    } catch (error) {
      startedAtMs.delete(provider);
      log.warn('the watcher could not be started', { provider, error: String(error) });
    }
  };
}
