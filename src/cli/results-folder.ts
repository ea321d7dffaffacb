import { access, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorMessage } from '../error-facts';
import { InputError } from './input-error';
import { writeWhole } from './write-whole';

export const VERDICTS = 'verdicts.json';
export const REPORT = 'report.html';

/** A folder for the results of `darkroom normalize`, in which nothing is replaced but results of an earlier run. */
export interface ResultsFolder {
  /** Files by name, `verdicts` being what says which of them are results. What an earlier run made besides goes. */
  write(verdicts: string, files: ReadonlyMap<string, Buffer | string>): Promise<void>;
}

/** @throws InputError if the folder cannot be made, or holds somebody else's files under the names of results */
export async function resultsFolder(out: string): Promise<ResultsFolder> {
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw new InputError(
      `The folder ${out} cannot be made (${errorMessage(error)}); choose another with --out`,
    );
  });
  const earlier = await earlierResults(out);
  return {
    async write(verdicts, files) {
      for (const name of files.keys()) await assertOurs(out, name, earlier);
      // In this order, so that a run that ends in the middle leaves nothing that the next one does not know: names of
      // files that are not there do no harm.
      for (const name of earlier) if (!files.has(name)) await rm(path.join(out, name), { force: true });
      await writeWhole(path.join(out, VERDICTS), verdicts);
      for (const [name, content] of files) await writeWhole(path.join(out, name), content);
    },
  };
}

const written = z.object({ photos: z.array(z.object({ output: z.string().nullable() })) });

/** Names of the files that the folder's `verdicts.json` says a run has made. */
async function earlierResults(out: string): Promise<Set<string>> {
  const text = await readFile(path.join(out, VERDICTS), 'utf8').catch(() => null);
  if (text === null) {
    await assertOurs(out, VERDICTS, new Set());
    await assertOurs(out, REPORT, new Set());
    return new Set();
  }
  try {
    const names = written.parse(JSON.parse(text)).photos.flatMap(({ output }) => output ?? []);
    // Whatever stands there, nothing but pictures right in this folder may be replaced or taken away for it.
    return new Set([
      REPORT,
      ...names.filter((name) => path.basename(name) === name && name.endsWith('.jpg')),
    ]);
  } catch {
    throw foreign(out, VERDICTS);
  }
}

async function assertOurs(out: string, name: string, earlier: ReadonlySet<string>): Promise<void> {
  if (earlier.has(name)) return;
  const isThere = await access(path.join(out, name)).then(
    () => true,
    () => false,
  );
  if (isThere) throw foreign(out, name);
}

function foreign(out: string, name: string): InputError {
  return new InputError(
    `--out ${out} holds a file ${name} that no earlier normalize has made; choose another folder, or it would be overwritten`,
  );
}
