import { log } from '@temporalio/workflow';
import { errorMessage } from '../error-facts';
import type { AccountRun } from './account-run';

/** Nobody waits for the provider's balance, or for the store, to get a slot. What fails is tried again when it is due again. */
export function inBackground(
  run: AccountRun,
  flag: 'isLooking' | 'isWriting',
  work: () => Promise<void>,
): void {
  run[flag] = true;
  void run.background
    .run(work)
    .catch((error: unknown) => {
      log.warn('the account goes on without', { what: flag, error: errorMessage(error) });
    })
    .finally(() => {
      run[flag] = false;
      run.isWoken = true;
    });
}
