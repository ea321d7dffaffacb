import { setTimeout as delay } from 'node:timers/promises';
import { accountLedger, daysBetween } from '../../accounts/ledger';
import type { Darkroom } from '../../client';
import type { LedgerLine } from '../../contract/account';
import type { Storage } from '../../storage/port';

/** Few enough slots that trainings wait for each other. */
export const LIMITS = `accounts:
  - provider: apiframe
    slots: 15
    eachCustomer: { slots: 10 }
  - provider: tryiton
    slots: 15
`;

const LOOK_EVERY_MS = 500;
const FOR_MS = 180_000;

/** The ledger of APIFRAME's account, when it knows that all trainings have ended. */
export async function untilAllHaveLeft(darkroom: Darkroom, storage: Storage): Promise<LedgerLine[]> {
  const ledger = accountLedger(storage, { provider: 'apiframe', account: 'default' });
  const startedMs = Date.now();
  for (;;) {
    const status = await darkroom.account('apiframe', 'default').catch(() => null);
    const lines = await ledger.read(daysBetween(startedMs - 86_400_000, Date.now()));
    const isOver = status !== null && status.slotsTaken + status.waiting === 0 && status.unwritten === 0;
    if (isOver || Date.now() - startedMs > FOR_MS) return lines;
    await darkroom.reloadAccount('apiframe', 'default').catch(() => false);
    await delay(LOOK_EVERY_MS);
  }
}
