import { activityInfo, getClient, log } from '@temporalio/activity';
import { TRAINING_TASK_QUEUE, WAKE_SIGNAL, WATCH_ACCOUNT_WORKFLOW } from '../contract/names';
import type { ProviderName } from '../contract/request';
import { watcherWorkflowId } from '../watching/watcher-id';
import type { ActivityPorts } from './ports';

/** In intervals of the watcher, which stays for 16 of them after it was woken. */
const START_KNOWN_INTERVALS = 10;

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
      // With a signal, so that one that is just about to end stays.
      await getClient().workflow.signalWithStart(WATCH_ACCOUNT_WORKFLOW, {
        workflowId: watcherWorkflowId(provider, account),
        taskQueue: TRAINING_TASK_QUEUE,
        args: [{ provider, account }],
        signal: WAKE_SIGNAL,
        staticSummary: `watches the trainings at ${provider} (${account})`,
      });
    } catch (error) {
      startedAtMs.delete(provider);
      log.warn('the watcher could not be started', { provider, error: String(error) });
    }
  };
}
