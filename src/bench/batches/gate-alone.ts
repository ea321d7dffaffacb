import type { Client } from '@temporalio/client';
import { accountWorkflowId, type AccountWord } from '../../contract/account';
import type { AccountStatus } from '../../contract/account-status';
import { ACCOUNT_QUERY, ACCOUNT_SIGNAL } from '../../contract/names';
import { figure, type Figure } from '../figures';
import { percentile } from '../percentile';

const WORDS = 1000;
const TOGETHER = 20;
const ONE_BY_ONE = 200;

/**
 * What the gate takes without the trainings that share two cores with it: each word is of a training that has ended, and books one credit,
 * by which it is seen that it was taken in.
 */
export async function gateAloneFigures(client: Client, holders: number): Promise<Figure[]> {
  const gate = client.workflow.getHandle(accountWorkflowId('apiframe', 'default'));
  let number = 0;
  const say = () => gate.signal<[AccountWord]>(ACCOUNT_SIGNAL, wordOf((number += 1)));
  const before = await spent();
  const untilTaken = async () => {
    while ((await spent()) < before + number);
  };

  const waits: number[] = [];
  for (let n = 0; n < ONE_BY_ONE; n += 1) {
    const startedMs = performance.now();
    await say();
    await untilTaken();
    waits.push(performance.now() - startedMs);
  }
  const startedMs = performance.now();
  for (let sent = 0; sent < WORDS; sent += TOGETHER) await Promise.all(Array.from({ length: TOGETHER }, say));
  await untilTaken();
  const seconds = (performance.now() - startedMs) / 1000;
  return [
    figure(`${holders} holders, the gate alone: words a second`, WORDS / seconds, 'words'),
    figure(`${holders} holders, the gate alone: word to effect, p50`, percentile(waits, 0.5), 'ms'),
    figure(`${holders} holders, the gate alone: word to effect, p99`, percentile(waits, 0.99), 'ms'),
  ];

  async function spent(): Promise<number> {
    return (await gate.query<AccountStatus>(ACCOUNT_QUERY)).credits.spent;
  }
}

function wordOf(number: number): AccountWord {
  const id = `gate-alone-${number}`;
  return {
    word: 'ended',
    charge: 'charged',
    id,
    ask: { customer: null, share: '', priority: 3, credits: 1, attemptCredits: 1 },
    payments: [{ key: 'training-1', what: 'training', credits: 1 }],
  };
}
