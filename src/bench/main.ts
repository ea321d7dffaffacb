import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figureBook } from './figures';
import { recordFigures } from './record-cost';
import { trainingFigures } from './training-cost';

const BOOK = figureBook('benchmarks', [
  '# Benchmarks',
  '',
  '`npm run bench` measures these again and prints them beside the committed ones; `npm run bench -- --save` writes this page.',
  'The machine was shared, so times drift; counts do not. There are pages of their own for [the photos](benchmarks-photos.md),',
  '[the HTTP API](benchmarks-api.md) and [other engines](benchmarks-peers.md).',
  '',
  '- A training is 20 drawn photos of 12 MP with every gate on, at the sandbox, on a Temporal server with a database file; the',
  '  worker is a process of its own.',
  '- What Temporal stores and does for it is counted in its history. CPU and memory are those of the worker without its photo',
  '  processes; the CPU is the average of 100 trainings of ten small photos, started together.',
  '- The memory of 100 waiting trainings is read while all 100 wait and are watched.',
  '',
]);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-bench-'));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    BOOK.report([...(await recordFigures(folder, say)), ...(await trainingFigures(folder, say))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
