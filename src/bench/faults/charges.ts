import type { LedgerState } from '../../sandbox/ledger';

/** Trainings that the sandbox has charged, at both of its providers. */
export async function chargesOf(url: string): Promise<number> {
  const { submissions, tryiton } = (await (await fetch(`${url}/sandbox/ledger`)).json()) as LedgerState;
  return submissions.length + tryiton.models.flatMap(({ trainings }) => trainings).length;
}
