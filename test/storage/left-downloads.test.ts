import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ownDownloadFolder, removeLeftDownloads } from '../../src/storage/left-downloads';
import { photoDownloads } from '../../src/storage/photo-downloads';

const ID = '00000000-0000-4000-8000-000000000000';

describe('downloads that a killed worker has left', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-left-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const leave = (name: string) => {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'face'), 'face');
  };
  const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

  it('are removed, of this machine and of a container with the same process id', async () => {
    leave(`${os.hostname()}_${deadPid()}_${ID}`);
    leave(`${os.hostname()}_${process.pid}_${ID}`);
    await removeLeftDownloads(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not those of a worker that runs, here or on another machine', async () => {
    const kept = [`${os.hostname()}_${process.ppid}_${ID}`, `elsewhere_${deadPid()}_${ID}`];
    kept.forEach(leave);
    await removeLeftDownloads(folder);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  it('are removed of another machine too, when nobody can be looking at them any more', async () => {
    leave(`elsewhere_1_${ID}`);
    await removeLeftDownloads(folder, Date.now() + 2 * 3_600_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are none where nothing was ever downloaded', async () => {
    await expect(removeLeftDownloads(path.join(folder, 'no/such'))).resolves.toBeUndefined();
  });

  it('have names that a start of this process knows for left, once it runs no more', async () => {
    const own = ownDownloadFolder(folder);
    leave(path.basename(own));
    await removeLeftDownloads(folder);
    expect(existsSync(own)).toBe(false);
  });
});

describe('a download', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-download-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

  it('is the bytes, for nobody else to read, until it is released', async () => {
    const located = await photoDownloads(folder).keep(pieces('ab', 'c'), 3);
    if (!('file' in located)) throw new Error(located.rejected);
    expect(located.file.bytes).toBe(3);
    expect(files()).toHaveLength(1);
    await located.release?.();
    await located.release?.();
    expect(files()).toEqual([]);
  });

  it('is nothing when there is more than may be', async () => {
    expect(await photoDownloads(folder).keep(pieces('ab', 'cd'), 3)).toEqual({ rejected: 'too-many-bytes' });
    expect(files()).toEqual([]);
  });

  it('is nothing when it breaks off', async () => {
    const broken = (async function* () {
      yield Buffer.from('a');
      await Promise.reject(new Error('cut'));
    })();
    await expect(photoDownloads(folder).keep(broken, 3)).rejects.toThrow('cut');
    expect(files()).toEqual([]);
  });

  it('says which folder does not take it', async () => {
    writeFileSync(path.join(folder, 'plain'), '');
    const place = path.join(folder, 'plain');
    await expect(photoDownloads(place).keep(pieces('a'), 3)).rejects.toMatchObject({
      name: 'StorageError',
      remedy: 'wait',
      message: `A photo cannot be kept in ${place} (ENOTDIR)`,
    });
  });
});

async function* pieces(...texts: string[]): AsyncIterable<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
