import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { accountWorkflowId } from '../../src/contract/account';
import type { Rig } from './rig';

/** `accounts.yaml` of a rig, with limits for one account at APIFRAME. */
export function writeLimits({ home }: Pick<Rig, 'home'>, account: string, limits: string): void {
  const entry = `{ provider: apiframe, account: ${JSON.stringify(account)}, ${limits} }`;
  writeFileSync(path.join(home, 'accounts.yaml'), `accounts: [${entry}]`);
}

/** One training has the only slot of the account, for the customer `c-7`, and one waits for it. The gate is replayed when the rig is closed. */
export async function oneTrainsOneWaits(
  rig: Rig,
  account: string,
): Promise<{ trains: string; waits: string }> {
  const first = await rig.request({ subject: 's-1', customer: 'c-7' });
  const second = await rig.request({ subject: 's-2' });
  const trains = await rig.train(first);
  rig.remember(accountWorkflowId('apiframe', account));
  await rig.untilState(trains, 'training');
  const waits = await rig.train(second);
  await rig.untilState(waits, 'queued');
  return { trains, waits };
}
