import type { LedgerState } from '../../src/sandbox/ledger';
import type { GivenFault } from '../../src/sandbox/faults';

export interface LedgerView extends Pick<LedgerState, 'uploads' | 'submissions' | 'tryiton'> {
  credits: { starting: number; spent: number; left: number };
}

/** What the provider says that it charged: the judge in every test about money. */
export async function readLedger(url: string): Promise<LedgerView> {
  const answer = await fetch(`${url}/sandbox/ledger`);
  return (await answer.json()) as LedgerView;
}

export async function addFault(url: string, fault: GivenFault): Promise<void> {
  const answer = await fetch(`${url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`the sandbox did not take the fault: ${await answer.text()}`);
}

/** Those that have not come to pass yet. */
export async function clearFaults(url: string): Promise<void> {
  await fetch(`${url}/sandbox/faults`, { method: 'DELETE' });
}
