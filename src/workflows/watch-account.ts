import {
  ActivityFailure,
  continueAsNew,
  isCancellation,
  log,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { WatchEnd, WatchOrder, WatchTurn } from '../activities/watch-trainings';
import * as activities from './activities';
import { wakeSignal } from './messages';

/** So that a worker that stops, and takes the next turn as well, does not do so over and over. */
const BETWEEN_TURNS = '1s';

/**
 * Holds the watcher of one account: its id makes sure that there is one, its activity does the work in turns, and when a turn's
 * worker dies, another worker takes the next. A training that begins to wait starts it again where it has ended.
 */
export async function watchAccount(order: WatchOrder): Promise<WatchEnd> {
  let isWoken = false;
  let notBeforeMs = order.notBeforeMs ?? 0;
  setHandler(wakeSignal, () => void (isWoken = true), { description: 'A training has begun to wait.' });
  for (;;) {
    isWoken = false;
    const over = await turn({ ...order, notBeforeMs });
    const { end } = over;
    notBeforeMs = over.notBeforeMs;
    switch (end) {
      case 'none-waiting':
        if (!wasWoken()) return end;
        break;
      case 'other-account':
      case 'off':
        return end;
      case 'time-over':
      case 'worker-stops':
        await sleep(BETWEEN_TURNS, { summary: end });
    }
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof watchAccount>({ ...order, notBeforeMs });
  }

  // TypeScript does not see that the handler may have changed it.
  function wasWoken(): boolean {
    return isWoken;
  }
}

async function turn(order: WatchOrder): Promise<WatchTurn> {
  try {
    const over: WatchTurn | WatchEnd = await activities.watchTrainings.executeWithOptions(
      { summary: `${order.provider} (${order.account})` },
      [order],
    );
    return typeof over === 'string' ? { end: over, notBeforeMs: 0 } : over; // 0.4.0 tells its end alone
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    // Such as a worker without the key: each training says so itself. The next that waits starts the watcher again.
    log.warn('nobody can watch', { error: error.cause?.message ?? error.message });
    return { end: 'other-account', notBeforeMs: 0 };
  }
}
