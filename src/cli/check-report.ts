import type { BudgetSum, ProviderSum } from '../batches/check/check-sum';
import { FACTS } from '../batches/price';
import { colors as pc } from './colors';
import { counted } from './counted';
import { textTable } from './text-table';

const HEAD = [
  'provider',
  'rows',
  'photos',
  'good',
  'rejected',
  'credits needed',
  'saved',
  'balance',
  'left today',
];

/** What stands below the problems: a line for each provider, and a sentence. */
export function checkReport(
  sums: readonly ProviderSum[],
  { problems, budget }: { problems: number; budget: BudgetSum | null },
): string {
  const table = textTable([
    HEAD,
    ...sums.map(
      ({ provider, rows, photos, good, rejected, creditsNeeded, creditsSaved, balance, leftToday }) => [
        FACTS[provider].title,
        ...[rows, photos, good, rejected, creditsNeeded, creditsSaved].map(String),
        balance === null ? 'not known' : String(balance),
        leftToday === null ? 'no limit' : String(leftToday),
      ],
    ),
  ]);
  const wrong =
    problems === 0 ? [] : [pc.red(`${counted(problems, 'problem')}; those rows would be left out.`)];
  const ofBudget =
    budget === null || budget.missing === 0
      ? []
      : [pc.red(`The budget of ${budget.credits} credits lacks ${budget.missing}.`)];
  const all = [...wrong, ...sums.flatMap(lack), ...ofBudget];
  const end = all.length === 0 ? [pc.green('Everything is right; nothing was started.')] : all;
  return `${[...table, ...end].join('\n')}\n`;
}

function lack({ provider, creditsMissing, balance, leftToday }: ProviderSum): string[] {
  if (creditsMissing === 0) return [];
  const { title } = FACTS[provider];
  const isOfDay = leftToday !== null && leftToday < (balance ?? Infinity);
  const whose = isOfDay ? `What accounts.yaml allows ${title} today` : title;
  return [pc.red(`${whose} lacks ${counted(creditsMissing, 'credit')}.`)];
}
