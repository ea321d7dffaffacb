import { median } from './measure/percentile.mjs';

/** @typedef {import('./one-run.mjs').Run} Run */
/** @typedef {import('./charges.mjs').ChargesRow} ChargesRow */
/** @typedef {import('./charges.mjs').Charged} Charged */

/** @type {{ title: string, value: (run: Run) => (number | null | undefined)[], digits: number }[]} */
const COLUMNS = [
  { title: 'starts/s', value: ({ starting }) => [starting.startsPerSecond], digits: 1 },
  {
    title: 'CPU-ms a start: all (worker + server)',
    value: ({ starting }) => [
      starting.workerCpuMs + starting.serverCpuMs,
      starting.workerCpuMs,
      starting.serverCpuMs,
    ],
    digits: 0,
  },
  {
    title: 'CPU-s waiting: all (worker + server)',
    value: ({ waiting }) => [
      waiting && waiting.workerCpuSeconds + waiting.serverCpuSeconds,
      waiting?.workerCpuSeconds,
      waiting?.serverCpuSeconds,
    ],
    digits: 2,
  },
  {
    title: 'MB waiting: all (worker + server)',
    value: ({ waiting }) => [
      waiting && waiting.workerMegabytes + waiting.serverMegabytes,
      waiting?.workerMegabytes,
      waiting?.serverMegabytes,
    ],
    digits: 0,
  },
  { title: 'provider calls', value: ({ waiting }) => [waiting?.calls], digits: 0 },
  {
    title: 'gap p50 / p95 / longest, s',
    value: ({ waiting }) => [
      seconds(waiting?.gaps.p50Ms),
      seconds(waiting?.gaps.p95Ms),
      seconds(waiting?.gaps.longestMs),
    ],
    digits: 2,
  },
  {
    title: 'late p50 / p95, s',
    value: ({ ending }) => [seconds(ending.p50Ms), seconds(ending.p95Ms)],
    digits: 2,
  },
];

/**
 * The median of each figure over the runs of an engine.
 *
 * @param {readonly { title: string, runs: readonly Run[] }[]} engines
 */
export function phasesTable(engines) {
  const rows = engines.map(({ title, runs }) => [title, ...COLUMNS.map((column) => cell(column, runs))]);
  const notes = engines.flatMap(({ title, runs }) =>
    runs.flatMap((run, index) => run.notes.map((note) => `- ${title}, run ${index + 1}: ${note}`)),
  );
  return [
    ...table(['engine', ...COLUMNS.map(({ title }) => title)], rows),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
}

/**
 * @param {readonly { title: string, row: ChargesRow }[]} engines
 * @param {number} afterS
 */
export function chargesTable(engines, afterS) {
  return table(
    ['engine', `worker killed: charges in ${afterS} s`, `answer lost: charges in ${afterS} s`],
    engines.map(({ title, row }) => [title, chargesCell(row.crash), chargesCell(row.lost)]),
  );
}

/** @param {Charged} charged */
function chargesCell({ charges, afterS, state }) {
  const times = charges > 1 ? ` (at ${afterS.join(', ')} s)` : '';
  return `**${charges}**${times}, ${state}`;
}

/**
 * @param {typeof COLUMNS[number]} column
 * @param {readonly Run[]} runs
 */
function cell({ title, value, digits }, runs) {
  const [first, ...rest] = medians(runs.map(value)).map((one) => shown(one, digits));
  if (rest.length === 0 || first === '–') return first ?? '–';
  return title.includes('+') ? `${first} (${rest.join(' + ')})` : [first, ...rest].join(' / ');
}

/**
 * Of the first figures of all runs, of the second ones, and so on; a run that has none does not count.
 *
 * @param {readonly (readonly (number | null | undefined)[])[]} figures
 */
function medians(figures) {
  const [first = []] = figures;
  return first.map((_, index) =>
    median(figures.flatMap((values) => (typeof values[index] === 'number' ? values[index] : []))),
  );
}

/**
 * @param {number} value
 * @param {number} digits
 */
function shown(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** @param {number | null | undefined} ms */
function seconds(ms) {
  return typeof ms === 'number' ? ms / 1000 : null;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
