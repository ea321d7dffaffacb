import { spawnSync } from 'node:child_process';
import path from 'node:path';

const SOURCE = path.join(__dirname, '../../../src/bench/photos/floor.c');
const ROUNDS = 5;

/** Processor time in milliseconds of the least that any program has to do; null without a C compiler and libjpeg's headers. */
export function cFloor(folder: string): ((file: string) => number) | null {
  const program = path.join(folder, 'floor');
  const built = spawnSync('gcc', ['-O2', '-o', program, SOURCE, '-ljpeg', '-lm'], { stdio: 'ignore' });
  if (built.status !== 0) return null;
  return (file) => Number(spawnSync(program, [file, `${ROUNDS}`], { encoding: 'utf8' }).stdout);
}
