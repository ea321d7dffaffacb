import { accountLedger, daysBetween } from '../accounts/ledger';
import { utcDay } from '../contract/day';
import { ledgerCsv } from '../accounts/ledger-csv';
import { sumLedger, unexplained, type LedgerSum, type SumBy } from '../accounts/sum-ledger';
import { accountName, type AccountOptions } from './account-show';
import { InputError } from './input-error';
import { withDarkroom } from './reach';
import { textTable } from './text-table';

interface CreditsOptions extends AccountOptions {
  by: SumBy;
  from?: string;
  to?: string;
  csv?: true;
  json?: true;
}

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;
/** A file for each few seconds in which something happened. */
const MOST_DAYS = 400;

/** `darkroom credits`: what the ledger of an account comes to. */
export async function credits({ by, from, to, csv, json, ...options }: CreditsOptions): Promise<void> {
  const toMs = to === undefined ? Date.now() : dayMs('--to', to);
  const fromMs = from === undefined ? toMs - DEFAULT_DAYS * DAY_MS : dayMs('--from', from);
  const days = daysBetween(fromMs, toMs);
  if (days.length === 0) throw new InputError(`--from ${utcDay(fromMs)} is after --to ${utcDay(toMs)}`);
  if (days.length > MOST_DAYS)
    throw new InputError(`${days.length} days are more than ${MOST_DAYS}; name a later --from`);
  await withDarkroom(options, async (darkroom, { storage, config }) => {
    const account = accountName(options, config);
    const lines = await accountLedger(storage, { provider: options.provider, account }).read(days);
    if (csv === true) {
      process.stdout.write(ledgerCsv(lines));
      return;
    }
    const sums = sumLedger(lines, by, account);
    const difference = unexplained(lines);
    const status = await darkroom.account(options.provider, account).catch(() => null);
    const planned = status?.credits.planned ?? null;
    if (json === true) process.stdout.write(`${JSON.stringify({ planned, sums, difference }, null, 2)}\n`);
    else process.stdout.write(shown({ by, sums, planned, difference }));
  });
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
  difference: ReturnType<typeof unexplained>;
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
    ...(difference === null ? [] : [differenceLine(difference.credits)]),
  ];
  return `${lines.join('\n')}\n`;
}

function differenceLine(credits: number): string {
  if (credits === 0) return "the provider's balance moved by what is on the ledger, to the credit";
  return credits < 0
    ? `the provider's balance fell by ${-credits} credits more than the ledger says: something else uses the account, or an answer is outstanding`
    : `the provider's balance is ${credits} credits higher than the ledger says: it was topped up, or refunded there`;
}

function dayMs(option: string, day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(ms) && utcDay(ms) === day) return ms;
  throw new InputError(`${option} expects a day such as 2026-11-25, received "${day}"`);
}
