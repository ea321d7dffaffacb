import { budgetSum, sumsOf, type CheckedRow } from '../batches/check/check-sum';
import type { RowProblem } from '../batches/manifest-row';
import type { ProviderName } from '../contract/request';
import { StorageError } from '../storage/port';
import type { Provider } from '../providers/port';
import { photoPoolFrom, photoSourceFrom } from '../worker-ports';
import { admitted } from './admitted';
import { findRows, problemLine, type FoundRow } from './batch-rows';
import { checkReport } from './check-report';
import { checkRow, uncheckedRow } from './check-row';
import { EXIT } from './exit-code';
import { configuredProviders, providerBalances } from './provider-balances';
import { limitsHere, type LimitsHere } from './limits-here';
import { meansFrom } from './means-option';
import { configHere, storageHere, type HomeOption } from './reach';
import { rowCounter } from './row-counter';
import { stopSignal } from './stop-signal';
import { whyNever } from '../workflows/account-queue';

interface BatchCheckOptions extends HomeOption {
  budget?: string;
  json?: true;
}

/** `darkroom batch check FILE`: everything that can be known of a manifest before it costs anything. */
export async function batchCheck(
  file: string,
  { json, budget: budgetText, ...options }: BatchCheckOptions,
): Promise<void> {
  const { budgetCredits = null } = meansFrom({ budget: budgetText });
  const config = configHere(options);
  const { rows: found, problems: unreadable } = await findRows(file);
  const providers = configuredProviders(config);
  const signal = stopSignal();
  const pool = photoPoolFrom(config);
  const source = photoSourceFrom(config);
  const limits = await limitsHere(config, storageHere(options));
  const counter = rowCounter(process.stderr, found.length, 'checked');
  const say = (line: string) => {
    counter.clear();
    process.stderr.write(`${line}\n`);
  };
  const rows: CheckedRow[] = [];
  const takenBy = new Map<string, number>();
  try {
    for (const row of found) {
      counter.show(rows.length);
      signal.throwIfAborted();
      const checked = await checkRow(row, { config, pool, source, signal }).catch(unreadableRow(row));
      rows.push(await withAdmission(withinLimits(checked, limits), row, { providers, takenBy, signal }));
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    say(`darkroom: stopped after ${rows.length} of ${found.length} rows`);
    process.exitCode = EXIT.stopped;
    return;
  } finally {
    counter.clear();
    await pool.close();
  }
  const balances = await providerBalances(providers, (words) => say(`note: ${words}`));
  const sums = sumsOf(rows, balances, (provider) => limits.get(provider)?.leftToday ?? null);
  const budget = budgetCredits === null ? null : budgetSum(sums, budgetCredits);
  const problems = [...unreadable, ...rows.flatMap(problemsOf)].sort((a, b) => a.row - b.row);
  if (json === true) process.stdout.write(`${JSON.stringify({ rows, problems, sums, budget }, null, 2)}\n`);
  else {
    for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
    process.stdout.write(checkReport(sums, { problems: problems.length, budget }));
  }
  const isEnough = sums.every(({ creditsMissing }) => creditsMissing === 0) && (budget?.missing ?? 0) === 0;
  process.exitCode = problems.length === 0 && isEnough ? EXIT.done : EXIT.trainingFailed;
}

/** A folder that is away is the trouble of this row; the others are looked at all the same. */
function unreadableRow(row: FoundRow): (error: unknown) => CheckedRow {
  return (error) => {
    if (!(error instanceof StorageError)) throw error;
    return { ...uncheckedRow(row), problems: [`photos: ${error.message}`] };
  };
}

/** One that needs more than a whole day has would end at its account. */
function withinLimits(checked: CheckedRow, all: ReadonlyMap<ProviderName, LimitsHere>): CheckedRow {
  const limits = all.get(checked.provider)?.limits;
  if (limits === undefined) return checked;
  const ask = { credits: checked.creditsNeeded, customer: checked.customer };
  const never = whyNever({ limits: { ...limits, isExclusive: false } }, { ask });
  return never === null ? checked : { ...checked, creditsNeeded: 0, problems: [`credits: ${never}`] };
}

function problemsOf({ row, problems }: CheckedRow): RowProblem[] {
  return problems.map((message) => ({ row, message }));
}

/** What only the provider knows of a row that looks good here, such as whether its model was bought. */
async function withAdmission(
  checked: CheckedRow,
  { row, request }: FoundRow,
  {
    providers,
    takenBy,
    signal,
  }: {
    providers: ReadonlyMap<ProviderName, Provider>;
    /** What the rows before would use up. */
    takenBy: Map<string, number>;
    signal: AbortSignal;
  },
): Promise<CheckedRow> {
  const provider = providers.get(request.provider);
  if (provider === undefined || checked.problems.length > 0) return checked;
  const refuse = (problem: string) => ({ ...checked, creditsNeeded: 0, problems: [problem] });
  const resource = provider.resource(request);
  const first = resource === null ? undefined : takenBy.get(resource);
  if (first !== undefined) return refuse(`${resource ?? ''} is used up by row ${first}; each trains once`);
  if (resource !== null) takenBy.set(resource, row);
  const against = await admitted(provider, request, signal);
  return against === null ? checked : refuse(against);
}
