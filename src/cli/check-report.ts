import type { ProviderSum } from '../batches/check/check-sum';
import { FACTS } from '../batches/price';
import { colors as pc } from './colors';
import { textTable } from './text-table';

const HEAD = ['provider', 'rows', 'photos', 'good', 'rejected', 'credits needed', 'saved', 'balance'];

/** What stands below the problems: a line for each provider, and a sentence. */
export function checkReport(sums: readonly ProviderSum[], problems: number): string {
  const table = textTable([
    HEAD,
    ...sums.map(({ provider, rows, photos, good, rejected, creditsNeeded, creditsSaved, balance }) => [
      FACTS[provider].title,
      ...[rows, photos, good, rejected, creditsNeeded, creditsSaved].map(String),
      balance === null ? 'not known' : String(balance),
    ]),
  ]);
  const lacks = sums.flatMap(({ provider, creditsMissing }) =>
    creditsMissing === 0 ? [] : [pc.red(`${FACTS[provider].title} lacks ${creditsMissing} credits.`)],
  );
  const wrong = problems === 0 ? [] : [pc.red(`${problems} problems; those rows would be left out.`)];
  const all = [...wrong, ...lacks];
  const end = all.length === 0 ? [pc.green('Everything is right; nothing was started.')] : all;
  return `${[...table, ...end].join('\n')}\n`;
}
