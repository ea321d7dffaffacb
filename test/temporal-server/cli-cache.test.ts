import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  cachedCliPath,
  inWorkFolder,
  moveIntoCache,
  sha256OfFile,
} from '../../src/temporal-server/cli-cache';
import { inCache } from '../../src/temporal-server/in-cache';
import { pinnedBuild } from '../../src/temporal-server/pinned-builds';
import { script, temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();

async function lookIn(cacheDir: string) {
  const lines: string[] = [];
  const onStep = (line: string) => lines.push(line);
  const result = await inCache.find({ cliPath: null, searchPath: '', cacheDir, onStep });
  return { result, lines };
}

async function store(cacheDir: string, text: string): Promise<string> {
  return inWorkFolder(cacheDir, async (work) => {
    const file = await script(work, 'temporal', text);
    return moveIntoCache(file, cacheDir, await sha256OfFile(file));
  });
}

test('what was stored is found again, and the work folder is gone', async () => {
  const cacheDir = path.join(folder, 'found');
  const stored = await store(cacheDir, 'echo one');
  expect(await lookIn(cacheDir)).toEqual({ result: { path: stored }, lines: [] });
  expect(await readdir(cacheDir)).toHaveLength(1);
});

test('a cached file that was changed is removed, with a line that says so', async () => {
  const cacheDir = path.join(folder, 'changed');
  const stored = await store(cacheDir, 'echo one');
  await writeFile(stored, 'something else');
  const { result, lines } = await lookIn(cacheDir);
  expect(result).toEqual({ reason: `nothing usable in ${cacheDir}` });
  expect(lines).toEqual([expect.stringContaining(`Removed ${stored}`)]);
  expect(existsSync(stored)).toBe(false);
});

test('a file under the pinned name with other bytes is never run', async () => {
  const cacheDir = path.join(folder, 'planted');
  await mkdir(cacheDir);
  const planted = cachedCliPath(cacheDir, pinnedBuild()?.binarySha256 ?? '');
  await script(cacheDir, path.basename(planted), 'echo planted');
  const stored = await store(cacheDir, 'echo from the SDK');
  expect((await lookIn(cacheDir)).result).toEqual({ path: stored });
  expect(existsSync(planted)).toBe(false);
});

test('two that store the same file at once leave one whole file', async () => {
  const cacheDir = path.join(folder, 'twice');
  const [one, two] = await Promise.all([store(cacheDir, 'echo same'), store(cacheDir, 'echo same')]);
  expect(one).toBe(two);
  expect(await readFile(one, 'utf8')).toContain('echo same');
  expect(await readdir(cacheDir)).toHaveLength(1);
});

test('the work folder of a process that was killed is swept away, that of a running one is not', async () => {
  const cacheDir = path.join(folder, 'stale');
  const stale = path.join(cacheDir, 'download-stale');
  const running = path.join(cacheDir, 'download-running');
  await mkdir(stale, { recursive: true });
  await mkdir(running);
  const twoHoursAgo = Date.now() / 1_000 - 7_200;
  await utimes(stale, twoHoursAgo, twoHoursAgo);
  await store(cacheDir, 'echo one');
  expect([existsSync(stale), existsSync(running)]).toEqual([false, true]);
});
