import type { RowNotRight } from '../../contract/batch';
import { describeDuration } from '../../duration';
import { escapeHtml as text } from '../../escape-html';
import type { BatchReport } from './batch-report';
import { htmlTable, type Column } from './html-table';
import { OUTCOMES, type Outcome, type ReportRow } from './report-row';
import { REPORT_STYLE } from './report-style';

/** A browser shows so many well; the CSV has all. */
const MOST_ROWS = 2000;

type Kind = 'good' | 'ask' | 'bad' | 'none';
const KINDS: Readonly<Record<Outcome, Kind>> = {
  done: 'good',
  'photos-rejected': 'bad',
  refused: 'bad',
  failed: 'bad',
  unknown: 'ask',
  canceled: 'bad',
  'timed-out': 'bad',
  terminated: 'bad',
  'left-out': 'bad',
  'under-way': 'none',
  waiting: 'none',
};
const TITLES: Readonly<Record<Outcome, string>> = {
  done: 'done',
  'photos-rejected': 'too few good photos',
  refused: 'refused',
  failed: 'failed',
  unknown: 'unknown, needs a decision',
  canceled: 'canceled',
  'timed-out': 'timed out',
  terminated: 'terminated',
  'left-out': 'left out, no credits',
  'under-way': 'under way',
  waiting: 'waiting',
};
const QUIET: readonly Outcome[] = ['done', 'under-way', 'waiting'];

/** The report as one page: no script, nothing from elsewhere, and whatever anybody has written is text. */
export function htmlReport(report: BatchReport): string {
  const { id, at, line, rows, slowest, customers, notRight } = report;
  const open = rows.filter(({ outcome }) => !QUIET.includes(outcome));
  const hasCustomers = customers.some(({ customer }) => customer !== null);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Batch ${text(id)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>Batch ${text(id)}</h1>
<p>${text(line)}</p>
<p class="soft">As of ${text(at.slice(0, 19))}Z</p>
${bar(report)}
${figures(report)}
${hasCustomers ? section('Customers', htmlTable(CUSTOMER_COLUMNS, customers)) : ''}
${open.length === 0 ? '' : section('Not done', limited(ROW_COLUMNS, open))}
${notRight.length === 0 ? '' : section('Not right in the manifest, so none of the batch', limited(WRONG_COLUMNS, notRight))}
${slowest.length === 0 ? '' : section('Slowest', htmlTable(SLOW_COLUMNS, slowest))}
<h2>All rows</h2>
<details><summary>${rows.length} rows</summary>
${limited(ROW_COLUMNS, rows)}
</details>
</main>
</body>
</html>
`;
}

function section(title: string, content: string): string {
  return `<h2>${title}</h2>\n${content}`;
}

function figures({ outcomes, credits, photos, rows, notRight }: BatchReport): string {
  const counts = OUTCOMES.flatMap((outcome): [string, number, Kind][] => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [[TITLES[outcome], count, KINDS[outcome]]];
  });
  const sums: [string, number, Kind][] = [
    ['rows', rows.length, 'none'],
    ...counts,
    ...(notRight.length === 0
      ? []
      : [['not right', notRight.length, 'bad'] satisfies [string, number, Kind]]),
    ['photos rejected', photos.rejected, 'none'],
    ['credits planned', credits.planned, 'none'],
    ['credits reserved', credits.reserved, 'none'],
    ['credits spent', credits.spent, 'none'],
    ['credits saved by the photo gate', credits.saved, 'none'],
  ];
  const items = sums.map(
    ([name, value, kind]) =>
      `<div><dt>${name}</dt><dd${kind === 'none' ? '' : ` class="${kind}"`}>${value}</dd></div>`,
  );
  return `<dl>\n${items.join('\n')}\n</dl>`;
}

function bar({ outcomes, rows }: BatchReport): string {
  let left = 0;
  const parts = OUTCOMES.map((outcome) => {
    const width = ((outcomes[outcome] ?? 0) / Math.max(rows.length, 1)) * 100;
    const part = `<rect class="${KINDS[outcome]}" x="${left.toFixed(3)}" width="${width.toFixed(3)}" height="1"/>`;
    left += width;
    return width === 0 ? '' : part;
  });
  return `<div class="bar"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg></div>`;
}

function limited<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const more = rows.length - MOST_ROWS;
  const note = more > 0 ? `\n<p class="soft">${more} more: the CSV has all of them.</p>` : '';
  return htmlTable(columns, rows.slice(0, MOST_ROWS)) + note;
}

const WRONG_COLUMNS: readonly Column<RowNotRight>[] = [
  { name: 'Row', cell: ({ row }) => String(row) },
  { name: 'Why', cell: ({ message }) => text(message) },
];
const ROW: Column<ReportRow> = { name: 'Row', cell: ({ row }) => String(row) };
const SUBJECT: Column<ReportRow> = { name: 'Subject', cell: subjectCell };
const OUTCOME: Column<ReportRow> = {
  name: 'Outcome',
  cell: ({ outcome }) => `<span class="${KINDS[outcome]}">${TITLES[outcome]}</span>`,
};
const TOOK: Column<ReportRow> = {
  name: 'Took',
  cell: ({ tookMs }) => (tookMs === null ? '–' : describeDuration(tookMs)),
};
const SPENT: Column<ReportRow> = {
  name: 'Credits spent',
  cell: ({ creditsSpent, creditsReserved }) =>
    `${creditsSpent}${creditsReserved === 0 ? '' : `, ${creditsReserved} reserved`}`,
};
const ROW_COLUMNS: readonly Column<ReportRow>[] = [
  ROW,
  SUBJECT,
  OUTCOME,
  { name: 'Why', cell: ({ failure }) => (failure === null ? '–' : text(failure.message)) },
  {
    name: 'Photos',
    cell: ({ photos, photosGood }) => (photosGood === null ? `${photos}` : `${photosGood} of ${photos} good`),
  },
  SPENT,
  TOOK,
];
const SLOW_COLUMNS: readonly Column<ReportRow>[] = [ROW, SUBJECT, OUTCOME, TOOK, SPENT];
const CUSTOMER_COLUMNS: readonly Column<BatchReport['customers'][number]>[] = [
  { name: 'Customer', cell: ({ customer }) => (customer === null ? 'none named' : text(customer)) },
  { name: 'Rows', cell: ({ rows }) => String(rows) },
  { name: 'Done', cell: ({ done }) => String(done) },
  { name: 'Credits planned', cell: ({ credits }) => String(credits.planned) },
  { name: 'Reserved', cell: ({ credits }) => String(credits.reserved) },
  { name: 'Spent', cell: ({ credits }) => String(credits.spent) },
  { name: 'Saved', cell: ({ credits }) => String(credits.saved) },
];

function subjectCell({ subject, id, link, customer }: ReportRow): string {
  // A link of the operator's own configuration; anything but a web address stays text.
  const isWeb = link !== null && /^https?:\/\//.test(link);
  const name = isWeb ? `<a href="${text(link)}">${text(subject)}</a>` : text(subject);
  const whose = customer === null ? '' : ` · ${text(customer)}`;
  return `${name}<br><span class="soft">${text(id)}${whose}</span>`;
}
