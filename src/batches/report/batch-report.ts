import type { RowNotRight } from '../../contract/batch';
import type { PhotoReason } from '../../contract/photo';
import { OUTCOMES, type Outcome, type ReportRow } from './report-row';

export interface CreditSum {
  planned: number;
  reserved: number;
  spent: number;
  /** For photos that a gate rejected. */
  saved: number;
}

export interface CustomerSum {
  /** Null for rows that name none. */
  customer: string | null;
  rows: number;
  done: number;
  credits: CreditSum;
}

/** A batch as a person, a spreadsheet or a program reads it afterwards. */
export interface BatchReport {
  id: string;
  /** When it was made. */
  at: string;
  /** How the batch itself goes, in one sentence. */
  line: string;
  /** How many rows came to what; what none came to is left out. */
  outcomes: Partial<Record<Outcome, number>>;
  credits: CreditSum;
  customers: CustomerSum[];
  photos: { good: number; rejected: number; reasons: Partial<Record<PhotoReason, number>> };
  /** The ones that took longest, longest first. */
  slowest: ReportRow[];
  rows: ReportRow[];
  /** Rows of the manifest that are none of the batch, and why. */
  notRight: RowNotRight[];
}

const SLOWEST = 10;

/** Adds up what is known of the rows. Pure. */
export function batchReport(
  rows: readonly ReportRow[],
  { id, at, line, notRight }: Pick<BatchReport, 'id' | 'at' | 'line' | 'notRight'>,
): BatchReport {
  const outcomes: BatchReport['outcomes'] = {};
  for (const outcome of OUTCOMES) {
    const count = rows.filter((row) => row.outcome === outcome).length;
    if (count > 0) outcomes[outcome] = count;
  }
  const reasons: Partial<Record<PhotoReason, number>> = {};
  for (const row of rows)
    for (const [reason, count] of Object.entries(row.reasons) as [PhotoReason, number][])
      reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    id,
    at,
    line,
    outcomes,
    credits: creditSum(rows),
    customers: customerSums(rows),
    photos: {
      good: sum(rows, ({ photosGood }) => photosGood ?? 0),
      rejected: sum(rows, ({ photosRejected }) => photosRejected ?? 0),
      reasons,
    },
    slowest: [...rows]
      .filter(({ endedAt, tookMs }) => endedAt !== null && tookMs !== null)
      .sort((a, b) => (b.tookMs ?? 0) - (a.tookMs ?? 0) || a.row - b.row)
      .slice(0, SLOWEST),
    rows: [...rows],
    notRight,
  };
}

/** Those that have spent most come first. */
function customerSums(rows: readonly ReportRow[]): CustomerSum[] {
  const byCustomer = new Map<string | null, ReportRow[]>();
  for (const row of rows) {
    const theirs = byCustomer.get(row.customer) ?? [];
    theirs.push(row);
    byCustomer.set(row.customer, theirs);
  }
  return [...byCustomer]
    .map(([customer, theirs]) => ({
      customer,
      rows: theirs.length,
      done: theirs.filter(({ outcome }) => outcome === 'done').length,
      credits: creditSum(theirs),
    }))
    .sort((a, b) => b.credits.spent - a.credits.spent);
}

function creditSum(rows: readonly ReportRow[]): CreditSum {
  return {
    planned: sum(rows, ({ creditsPlanned }) => creditsPlanned),
    reserved: sum(rows, ({ creditsReserved }) => creditsReserved),
    spent: sum(rows, ({ creditsSpent }) => creditsSpent),
    saved: sum(rows, ({ creditsSaved }) => creditsSaved),
  };
}

function sum(rows: readonly ReportRow[], of: (row: ReportRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
