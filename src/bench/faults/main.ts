import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startServer } from '../start-server';
import { darkroomColumn } from './darkroom-column';
import { WINDOW_MS, plainColumn } from './plain-column';
import { ROWS, type Cell, type FaultRow } from './rows';

const README = path.join(__dirname, '../../../README.md');
const PAGE = path.join(__dirname, '../../../docs/faults.md');
const BEGIN = '<!-- faults -->';
const END = '<!-- /faults -->';

/**
 * `npm run faults`: how often one training is charged, by what goes wrong. `-- --save` writes it to docs/faults.md, and its
 * headlines to the README.
 * Ends with 1 if Darkroom was charged twice for anything.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-faults-'));
  const server = await startServer(folder, (line) => void process.stderr.write(`${line}\n`));
  try {
    const darkroom = await darkroomColumn(server.address, folder);
    const plain = await plainColumn(server.address);
    process.stdout.write(`${lines(ROWS, darkroom, plain).join('\n')}\n`);
    if (process.argv.includes('--save')) {
      saveInto(PAGE, lines(ROWS, darkroom, plain));
      const headlines = ROWS.filter(({ headline }) => headline === true);
      saveInto(README, lines(headlines, darkroom, plain));
    }
    if ([...darkroom.values()].some(({ charges }) => charges > 1)) process.exitCode = 1;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function lines(rows: readonly FaultRow[], darkroom: Map<string, Cell>, plain: Map<string, Cell>): string[] {
  return [
    `| what goes wrong at the paid call | Darkroom: charges | Temporal's default retries: charges in ${WINDOW_MS / 1000} s |`,
    '| --- | --- | --- |',
    ...rows.map(({ what }) => `| ${what} | ${shown(darkroom.get(what))} | ${shown(plain.get(what))} |`),
  ];
}

function shown(cell: Cell | undefined): string {
  return cell === undefined ? '–' : `**${cell.charges}**, ${cell.end}`;
}

function saveInto(file: string, table: readonly string[]): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for the table`);
  writeFileSync(file, `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
