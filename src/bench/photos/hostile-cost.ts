import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { figure, type Figure } from '../figures';
import { watchChildMemory } from './child-memory';
import { hostileFiles } from './hostile-files';
import { benchPool, look, WITH_FACES } from './photo-run';

/** Files that are made to hurt, all at once, with every gate on. */
export async function hostileFigures(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const place = path.join(folder, 'hostile');
  mkdirSync(place);
  const files = await hostileFiles(place);
  const pool = benchPool(2);
  try {
    const startedMs = performance.now();
    const memory = watchChildMemory();
    const answers = await Promise.all(files.map((file) => look(pool, file, WITH_FACES)));
    const seconds = (performance.now() - startedMs) / 1000;
    const peakMb = memory.stop() / 1024 ** 2;
    for (const [index, answer] of answers.entries())
      say(`  ${path.basename(files[index] ?? '')}: ${inWords(answer)}`);
    const verdicts = answers.filter(({ kind }) => kind === 'examined' || kind === 'deadly').length;
    return [
      figure(`${files.length} hostile files, 2 processes`, seconds, 's'),
      figure('hostile files: most memory of a process', peakMb, 'MB'),
      figure('hostile files without a verdict', files.length - verdicts, 'files', 0),
    ];
  } finally {
    await pool.close();
  }
}

function inWords(answer: Awaited<ReturnType<typeof look>>): string {
  switch (answer.kind) {
    case 'examined':
      return answer.examined.readable ? 'read' : answer.examined.reason;
    case 'deadly':
    case 'not-opened':
      return answer.reason;
    case 'not-read':
      return answer.code;
    case 'known':
      return 'known';
  }
}
