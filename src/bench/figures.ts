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

/** Rounded as far as a reader needs it. */
export function figure(name: string, value: number, unit: string, goal: number | null = null): Figure {
  return { name, value: Number(value.toFixed(unit === '×' ? 3 : 1)), unit, goal };
}

const DOCS = path.join(__dirname, '../../docs');

type SavedFigures = Record<string, number>;

/** Figures with a page of their own in docs/, beside the JSON that later runs compare with. */
export interface FigureBook {
  /**
   * Prints them beside the committed ones; with `--save` on the command line they are committed. `kept`: those that were not measured
   * now stay, because measuring all takes an hour.
   */
  report(figures: readonly Figure[], others?: 'dropped' | 'kept'): void;
}

export function figureBook(name: string, header: readonly string[]): FigureBook {
  const json = path.join(DOCS, `${name}.json`);
  const page = path.join(DOCS, `${name}.md`);
  return {
    report(figures, others = 'dropped') {
      const saved = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as SavedFigures) : {};
      process.stdout.write(`${table(figures, saved).join('\n')}\n`);
      const missing = Object.keys(saved).filter((name) => figures.every((one) => one.name !== name));
      if (missing.length > 0) process.stdout.write(`not measured now: ${missing.join(', ')}\n`);
      if (!process.argv.includes('--save')) return;
      const measured = Object.fromEntries(figures.map((one) => [one.name, one.value]));
      const values = { ...(others === 'kept' && saved), ...measured };
      const rows = others === 'kept' ? rowsOf(page).filter(([name]) => !(name in measured)) : [];
      writeFileSync(json, `${JSON.stringify(values, null, 2)}\n`);
      writeFileSync(
        page,
        [
          ...header,
          `Machine: ${machine()}.`,
          '',
          ...pageTable(figures),
          ...rows.map(([, row]) => row),
          '',
        ].join('\n'),
      );
    },
  };
}

/** A Markdown table: figure, value, goal, and how it compares with the committed one. */
function table(figures: readonly Figure[], saved: SavedFigures): string[] {
  const rows = figures.map(({ name, value, unit, goal }) => {
    const goalText = goal === null ? '' : `${value <= goal ? 'met' : 'MISSED'}: at most ${goal} ${unit}`;
    return `| ${name} | ${value} ${unit} | ${goalText} | ${compared(value, saved[name])} |`;
  });
  return ['| figure | value | goal | to the committed one |', '| --- | --- | --- | --- |', ...rows];
}

function compared(value: number, saved: number | undefined): string {
  if (saved === undefined) return 'new';
  return saved === 0 ? 'was 0' : `${(value / saved).toFixed(2)} ×`;
}

/** Of the table on a page, by their names. */
function rowsOf(page: string): [name: string, row: string][] {
  if (!existsSync(page)) return [];
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => /^\| (?!---|figure )/.test(line));
  return rows.map((row) => [row.split('|')[1]?.trim() ?? '', row]);
}

function pageTable(figures: readonly Figure[]): string[] {
  const rows = figures.map(
    ({ name, value, unit, goal }) =>
      `| ${name} | ${value} ${unit} | ${goal === null ? '' : `≤ ${goal} ${unit}`} |`,
  );
  return ['| figure | value | goal |', '| --- | --- | --- |', ...rows];
}

function machine(): string {
  const [cpu] = os.cpus();
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(os.totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}, Linux`;
}
