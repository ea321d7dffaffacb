import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSaved, save, table, type Figure } from './figures';
import { jpegFigures } from './photos/jpeg-cost';
import { recordFigures } from './record-cost';
import { trainingFigures } from './training-cost';

/**
 * `npm run bench` prints the figures beside the committed ones; `-- --save` commits them to docs/. Times are noisy:
 * what counts is a ratio taken within one run, and a count.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-bench-'));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const figures: Figure[] = [
      ...(await jpegFigures(folder, say)),
      ...(await recordFigures(folder, say)),
      ...(await trainingFigures(folder, say)),
    ];
    const lines = table(figures, readSaved());
    process.stdout.write(`${lines.join('\n')}\n`);
    if (process.argv.includes('--save')) save(figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
