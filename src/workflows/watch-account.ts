import {
  ActivityFailure,
  continueAsNew,
  isCancellation,
  log,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { WatchEnd, WatchOrder } from '../activities/watch-trainings';
import * as activities from './activities';

/** So that a worker that stops, and takes the next turn as well, does not do so over and over. */
const BETWEEN_TURNS = '1s';

/**
 * Holds the watcher of one account: its id makes sure that there is one, its activity does the work in turns, and when a turn's
 * worker dies, another worker takes the next. A training that begins to wait starts it again where it has ended.
 */
export async function watchAccount(order: WatchOrder): Promise<WatchEnd> {
  for (;;) {
    const end = await turn(order);
    switch (end) {
      case 'none-waiting':
      case 'other-account':
        return end;
      case 'time-over':
      case 'worker-stops':
        await sleep(BETWEEN_TURNS, { summary: end });
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof watchAccount>(order);
  }
}

async function turn(order: WatchOrder): Promise<WatchEnd> {
  try {
    return await activities.watchTrainings.executeWithOptions(
      { summary: `${order.provider} (${order.account})` },
      [order],
    );
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    // Such as a worker without the key: each training says so itself. The next that waits starts the watcher again.
    log.warn('nobody can watch', { error: error.cause?.message ?? error.message });
    return 'other-account';
  }
}
