import { askedDays } from '../accounts/asked-days';
import { differenceSentence } from '../accounts/difference-sentence';
import { accountLedger } from '../accounts/ledger';
import { ledgerCsv } from '../accounts/ledger-csv';
import { sumLedger, unexplained, type Difference, type LedgerSum, type SumBy } from '../accounts/sum-ledger';
import { errorMessage } from '../error-facts';
import { accountName, type AccountOptions } from './account-show';
import { configHere, storageHere, withDarkroom } from './reach';
import { textTable } from './text-table';

interface CreditsOptions extends AccountOptions {
  by: SumBy;
  from?: string;
  to?: string;
  csv?: true;
  json?: true;
}

/** `darkroom credits`: what the ledger of an account comes to. It lies in the store, so only what waits is asked of Temporal. */
export async function credits({ by, from, to, csv, json, ...options }: CreditsOptions): Promise<void> {
  const days = askedDays({ from, to }, { nowMs: Date.now(), nameOf: (which) => `--${which}` });
  const account = accountName(options, configHere(options));
  const lines = await accountLedger(storageHere(options), { provider: options.provider, account }).read(days);
  if (csv === true) {
    process.stdout.write(ledgerCsv(lines));
    return;
  }
  const sums = sumLedger(lines, by, account);
  const difference = unexplained(lines);
  const planned = await plannedOn(account, options);
  if (json === true) process.stdout.write(`${JSON.stringify({ planned, sums, difference }, null, 2)}\n`);
  else process.stdout.write(shown({ by, sums, planned, difference }));
}

/** Null where nobody answers. */
async function plannedOn(account: string, options: AccountOptions): Promise<number | null> {
  try {
    const status = await withDarkroom(options, (darkroom) => darkroom.account(options.provider, account));
    return status?.credits.planned ?? null;
  } catch (error) {
    process.stderr.write(`note: what is planned is not known: ${errorMessage(error)}\n`);
    return null;
  }
}

function shown({
  by,
  sums,
  planned,
  difference,
}: {
  by: SumBy;
  sums: readonly LedgerSum[];
  planned: number | null;
  difference: Difference | null;
}): string {
  if (sums.length === 0)
    return 'Nothing is on this ledger in these days. An account has one where accounts.yaml names it (docs/accounts.md).\n';
  const head = [by, 'trainings', 'set aside', 'charged', 'refunded', 'unknown'];
  const rows = sums.map((sum) =>
    [sum.key, sum.trainings, sum.reserved, sum.charged, sum.refunded, sum.unknown].map(String),
  );
  const lines = [
    ...textTable([head, ...rows]),
    ...(planned === null ? [] : [`planned for trainings that wait: ${planned}`]),
    ...(difference === null ? [] : [differenceSentence(difference.credits)]),
  ];
  return `${lines.join('\n')}\n`;
}
