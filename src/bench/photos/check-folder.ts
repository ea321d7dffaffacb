import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Examined } from '../../photos/examine';
import { DEFAULT_GATES } from '../../contract/gates';
import { judgePhoto } from '../../photos/gates/judge-photo';
import { metadataProblem } from './check-metadata';
import { likenessProblems } from './check-likeness';
import { nativeProblem } from './check-native';
import { watchChildMemory } from './child-memory';
import { benchPool, look, WITH_FACES } from './photo-run';

const POLICY = { gates: DEFAULT_GATES, crop: 'whole' } as const;

/**
 * `npm run test:photos -- FOLDER ...`: wide checks over real files. Each gets exactly one verdict, twice the same, by
 * two processes; what comes out is 640×640 without metadata; files of one picture in several EXIF orientations
 * (`NAME_0.jpg` to `NAME_8.jpg`) look alike; HEIC looks as native libvips sees it, where that is installed. Says the most
 * memory that a photo process has held.
 */
async function main(places: readonly string[]): Promise<void> {
  if (places.length === 0) throw new Error('Name at least one folder: npm run test:photos -- FOLDER');
  const files = places.flatMap(filesIn);
  const pools = [benchPool(1), benchPool(1)] as const;
  const problems: string[] = [];
  const seen = new Map<string, Examined>();
  const memory = watchChildMemory();
  let peakMb = 0;
  try {
    for (const file of files) {
      const startedMs = performance.now();
      const [answer, again] = await Promise.all(pools.map((pool) => look(pool, file, WITH_FACES)));
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      const words = answer?.kind === 'examined' ? verdictOf(answer.examined) : JSON.stringify(answer);
      process.stdout.write(`${seconds.padStart(6)} s  ${path.basename(file)}: ${words}\n`);
      if (answer === undefined || again === undefined || shown(answer) !== shown(again))
        problems.push(`${file}: another process says something else`);
      if (answer?.kind === 'examined') seen.set(file, answer.examined);
    }
    peakMb = memory.stop() / 1024 ** 2; // later, native programs would be among the children
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
  for (const [file, examined] of seen) {
    problems.push(...(await metadataProblem(file, examined)), ...(await nativeProblem(file, examined)));
  }
  problems.push(...(await likenessProblems(seen)));
  for (const problem of problems) process.stdout.write(`PROBLEM  ${problem}\n`);
  process.stdout.write(`most memory of a photo process: ${peakMb.toFixed(0)} MB\n`);
  process.stdout.write(`${files.length} files, ${problems.length} problems\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function verdictOf(examined: Examined): string {
  if (!examined.readable) return `rejected (${examined.reason})`;
  const { verdict, reasons } = judgePhoto(examined.findings, POLICY);
  return reasons.length > 0 ? `${verdict} (${reasons.join(', ')})` : verdict;
}

/** All but times. */
function shown(answer: Awaited<ReturnType<typeof look>>): string {
  if (answer.kind !== 'examined') return JSON.stringify(answer);
  const { examined, contentHash } = answer;
  const bytes = examined.readable ? examined.jpeg.toString('base64') : '';
  return JSON.stringify([
    contentHash,
    verdictOf(examined),
    bytes,
    examined.thumbnail?.toString('base64') ?? null,
  ]);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
