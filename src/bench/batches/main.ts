import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { figureBook, type Figure } from '../figures';
import { holdersFigures } from './holders';
import { killsFigures } from './kills';
import { pacedFigures } from './paced';

const BOOK = figureBook('benchmarks-batches', [
  '# Benchmarks of batches and of the gate of an account',
  '',
  '`npm run bench:batches` measures these again and prints them beside the committed ones; `npm run bench:batches -- --save` writes this page. It',
  'takes an hour and a quarter; `-- --only kills,holders` measures some, and `--scale 0.1` with a tenth of the rows.',
  '',
  '- A row is a training of ten small photos at the sandbox, on an account with limits; one worker with the settings that it has by default, a Temporal server with a',
  '  database file and the sandbox share two cores.',
  '- The ideal is rows × training time / slots, with nothing else to be done.',
  '- Kills are SIGKILL of the worker and of the Temporal server, in turns, while a batch runs; the ledger, the results and the books of the sandbox are compared afterwards.',
  '',
]);

const PARTS = {
  thousand: (folder: string, scale: number, say: (line: string) => void) =>
    pacedFigures(folder, {
      rows: 1000 * scale,
      slots: 50,
      trainMs: 20_000,
      goal: 1.15,
      say,
    }),
  'ten-thousand': (folder: string, scale: number, say: (line: string) => void) =>
    pacedFigures(folder, {
      rows: 10_000 * scale,
      slots: 500,
      trainMs: 1000,
      goal: null,
      say,
    }),
  holders: (folder: string, scale: number, say: (line: string) => void) =>
    holdersFigures(folder, { holders: 500 * scale, more: 200 * scale, say }),
  kills: (folder: string, scale: number, say: (line: string) => void) =>
    killsFigures(folder, { rows: 200 * scale, slots: 20, trainMs: 3000, say }),
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(PARTS).join(',') },
      scale: { type: 'string', default: '1' },
      save: { type: 'boolean', default: false },
    },
  });
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const figures: Figure[] = [];
  const wanted = values.only.split(',');
  for (const [name, part] of Object.entries(PARTS).filter(([one]) => wanted.includes(one))) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-bench-batches-'));
    say(name);
    try {
      figures.push(...(await part(folder, Number(values.scale), say)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  BOOK.report(figures, 'kept');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
