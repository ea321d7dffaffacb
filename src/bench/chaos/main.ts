import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { round, type RoundResult } from './round';

/**
 * `npm run chaos -- --seeds 2`: trainings under random faults, and the books afterwards. A seed repeats the choices, not the
 * instants: those are the machine's. Ends with 1 if a promise was broken, naming the seed.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1' },
      from: { type: 'string', default: '1' },
      trainings: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '20' },
    },
  });
  const startedMs = Date.now();
  const totals: RoundResult[] = [];
  for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed += 1) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-chaos-'));
    const options = { trainings: Number(values.trainings), forMs: Number(values.seconds) * 1000, folder };
    const result = await round(seed, options);
    totals.push(result);
    process.stdout.write(`seed ${seed}: ${line(result)}\n`);
    for (const what of result.broken) process.stdout.write(`  BROKEN ${what} (look into ${folder})\n`);
    if (result.broken.length === 0) rmSync(folder, { recursive: true, force: true });
    else process.exitCode = 1;
  }
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  process.stdout.write(`all: ${line(sum(totals))}, ${seconds} s\n`);
}

function line({
  requests,
  charges,
  succeeded,
  adopted,
  asked,
  retries,
  kills,
  restarts,
  charged,
  lostUploads,
  broken,
}: RoundResult): string {
  return `${requests} requests, ${charges} charges, ${succeeded} succeeded, ${adopted} adopted after a lookup, ${asked} asked a person (${retries} retries chosen), ${kills} workers killed, ${restarts} server restarts, ${charged} credits on the ledger as at the provider (and ${lostUploads} of uploads whose answer was lost), ${broken.length} promises broken`;
}

function sum(results: readonly RoundResult[]): RoundResult {
  const total = (field: Exclude<keyof RoundResult, 'broken'>) =>
    results.reduce((all, result) => all + result[field], 0);
  return {
    requests: total('requests'),
    charges: total('charges'),
    succeeded: total('succeeded'),
    adopted: total('adopted'),
    asked: total('asked'),
    retries: total('retries'),
    kills: total('kills'),
    restarts: total('restarts'),
    charged: total('charged'),
    lostUploads: total('lostUploads'),
    broken: results.flatMap(({ broken }) => broken),
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
