import { activityInfo, getClient, log } from '@temporalio/activity';
import type { ProviderName } from '../contract/request';
import { stallAlarm } from '../watching/stall-alarm';
import { watch, type WatchReport, type WatchSetup } from '../watching/watch';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import type { ActivityPorts } from './ports';

export interface WatchOrder {
  provider: ProviderName;
  account: string;
  /** Until then (Unix ms) the provider wants no calls, as the turn before has told; absent at first. */
  notBeforeMs?: number;
}

export interface WatchTurn {
  end: WatchEnd;
  notBeforeMs: number;
}

/**
 * Why the watcher has stopped: nobody waits any more · its turn is over, and another may take it · its worker is going, or was
 * frozen · this worker has another account of the provider · it is configured not to watch.
 */
export type WatchEnd = 'none-waiting' | 'time-over' | 'worker-stops' | 'other-account' | 'off';

/**
 * Watches all waiting trainings of one account: looks at them again and again, and tells those that something has changed. It
 * ends no training, and losing it costs lateness only.
 */
export function watchTrainings(
  { providers, watch: settings, watchObserver }: ActivityPorts,
  stopping: AbortSignal,
) {
  return ({ provider, account, notBeforeMs = 0 }: WatchOrder): Promise<WatchTurn> =>
    sayingWhatFailed(async () => {
      if (providers.account(provider).account !== account) return { end: 'other-account', notBeforeMs };
      if (!settings.isOn) return { end: 'off', notBeforeMs };
      const shown: { report: WatchReport | null } = { report: null };
      const onReport = (next: WatchReport) => {
        if (reasonIn(next) !== (shown.report === null ? '' : reasonIn(shown.report)))
          log.info('the watcher changes its pace', { provider, account, ...next });
        shown.report = next;
        watchObserver.onReport(provider, next);
      };
      const setup: WatchSetup = {
        ...settings,
        client: getClient(),
        provider: providers.get(provider),
        notBeforeMs: lastReport()?.notBeforeMs ?? notBeforeMs,
        onReport,
        onEndSeen: (lateAtMostMs) => watchObserver.onEndSeen(provider, lateAtMostMs),
        onTrouble: (words) => void log.warn('a training could not be told what was seen', { error: words }),
      };
      const end = await withHeartbeat(
        () => shown.report,
        (_beat, canceled) => {
          log.info('watching', { provider, account });
          return untilStopped((signal) => watch(setup, signal), canceled, stopping);
        },
      ).finally(() => watchObserver.onTurnOver(provider));
      return { end, notBeforeMs: shown.report?.notBeforeMs ?? setup.notBeforeMs };
    });
}

/** Its numbers are others after each sweep, and are no news. */
function reasonIn({ slowBecause }: WatchReport): string {
  return slowBecause.replaceAll(/[\d.]+/g, '');
}

async function untilStopped(
  body: (signal: AbortSignal) => Promise<WatchEnd>,
  canceled: AbortSignal,
  stopping: AbortSignal,
): Promise<WatchEnd> {
  const alarm = stallAlarm();
  const signal = AbortSignal.any([canceled, stopping, alarm.signal]);
  try {
    return await body(signal);
  } catch (error) {
    canceled.throwIfAborted();
    if (signal.aborted) return 'worker-stops';
    throw error;
  } finally {
    alarm.stop();
  }
}

/** What the try before this one has told last, if its worker died or stopped. */
function lastReport(): WatchReport | null {
  return (activityInfo().heartbeatDetails as WatchReport | null | undefined) ?? null;
}
