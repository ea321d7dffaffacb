import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The most that it should be; null where there is no goal. */
  goal: number | null;
}

const DOCS = path.join(__dirname, '../../docs');
const JSON_FILE = path.join(DOCS, 'benchmarks.json');
const PAGE = path.join(DOCS, 'benchmarks.md');

export type SavedFigures = Record<string, number>;

export function readSaved(): SavedFigures {
  return existsSync(JSON_FILE) ? (JSON.parse(readFileSync(JSON_FILE, 'utf8')) as SavedFigures) : {};
}

/** A Markdown table: figure, value, goal, and how it compares with the committed one. */
export function table(figures: readonly Figure[], saved: SavedFigures): string[] {
  const rows = figures.map(({ name, value, unit, goal }) => {
    const goalText = goal === null ? '' : `${value <= goal ? 'met' : 'MISSED'}: at most ${goal} ${unit}`;
    return `| ${name} | ${value} ${unit} | ${goalText} | ${compared(value, saved[name])} |`;
  });
  return ['| figure | value | goal | to the committed one |', '| --- | --- | --- | --- |', ...rows];
}

function compared(value: number, saved: number | undefined): string {
  if (saved === undefined) return 'new';
  return saved === 0 ? `was 0` : `${(value / saved).toFixed(2)} ×`;
}

/** Writes the figures and the page that shows them, with the machine that they came from. */
export function save(figures: readonly Figure[]): void {
  writeFileSync(
    JSON_FILE,
    `${JSON.stringify(Object.fromEntries(figures.map(({ name, value }) => [name, value])), null, 2)}\n`,
  );
  const rows = figures.map(
    ({ name, value, unit, goal }) =>
      `| ${name} | ${value} ${unit} | ${goal === null ? '' : `≤ ${goal} ${unit}`} |`,
  );
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(os.totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, Linux`;
  writeFileSync(
    PAGE,
    [
      ...HEADER,
      `Machine: ${machine}.`,
      '',
      '| figure | value | goal |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n'),
  );
}

const HEADER = [
  '# Benchmarks',
  '',
  '`npm run bench` measures these again and prints them beside the committed ones; `npm run bench -- --save` writes this page.',
  'The machine was shared, so times drift. Ratios are taken photo by photo within one process, counts do not drift.',
  '',
  '- The photos are drawn, 4032×3024, baseline JPEG. "Bare sharp" is one call with the same size, padding and JPEG settings.',
  '- A training is 20 of them, at the sandbox, on a Temporal server with a database file; the worker is a process of its own.',
  '- The memory of 100 waiting trainings is read when all 100 are waiting.',
  '',
];
