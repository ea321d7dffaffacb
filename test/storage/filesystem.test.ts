import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { filesystemStorage } from '../../src/storage/filesystem';
import type { Storage } from '../../src/storage/port';

describe('the store in a folder', () => {
  let folder: string;
  let root: string;
  let storage: Storage;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-store-'));
    root = path.join(folder, 'store');
    storage = filesystemStorage(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const filesIn = (place: string) => readdirSync(place, { recursive: true, withFileTypes: true });
  const names = () =>
    filesIn(root)
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  it('gives back what was put, byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

    await storage.put('a/b.c/d-e_1.jpg', bytes);

    expect(await storage.get('a/b.c/d-e_1.jpg')).toEqual(bytes);
    expect(readFileSync(path.join(root, 'a/b.c/d-e_1.jpg'))).toEqual(bytes);
  });

  it('takes an empty object for an object', async () => {
    await storage.put('a', Buffer.alloc(0));

    expect(await storage.get('a')).toEqual(Buffer.alloc(0));
  });

  it.each(['a', 'a/b', 'a/b/c'])('has null for %s while nothing was put there', async (key) => {
    expect(await storage.get(key)).toBeNull();
    mkdirSync(root);
    expect(await storage.get(key)).toBeNull();
  });

  it('replaces an object', async () => {
    await storage.put('a', Buffer.from('old, and longer'));
    await storage.put('a', Buffer.from('new'));

    expect(String(await storage.get('a'))).toBe('new');
  });

  it('shows no reader half an object, however many write and read one key at once', async () => {
    const versions = Array.from({ length: 8 }, (_, version) => Buffer.alloc(300_000, version + 1));
    await storage.put('a/key', versions[0] ?? Buffer.alloc(0));
    const progress = { writing: true };
    const reader = (async () => {
      const seen: boolean[] = [];
      while (progress.writing) {
        const bytes = await storage.get('a/key');
        seen.push(versions.some((version) => bytes?.equals(version)));
      }
      return seen;
    })();

    await Promise.all([...versions, ...versions].map((version) => storage.put('a/key', version)));
    progress.writing = false;

    const seen = await reader;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(false);
    expect(names()).toEqual(['key']);
  });

  it('leaves nothing behind and the old object in place when a put fails', async () => {
    await storage.put('a/b', Buffer.from('old'));

    await expect(storage.put('a', Buffer.from('new'))).rejects.toMatchObject({ name: 'StorageError' });

    expect(names()).toEqual(['b']);
    expect(String(await storage.get('a/b'))).toBe('old');
  });

  it('lets nobody but its owner read an object', async () => {
    await storage.put('a', Buffer.from('face'));

    const [file] = filesIn(root);
    expect(statSync(path.join(root, file?.name ?? '')).mode & 0o077).toBe(0);
  });

  it.each([
    ['..'],
    ['../outside'],
    ['a/../../outside'],
    ['a/..'],
    ['.'],
    ['.hidden'],
    ['/outside'],
    [''],
    ['a//b'],
    ['a/'],
    ['a\\..\\..\\outside'],
    ['a\0b'],
    ['a b'],
    ['a\n'],
    ['C:a'],
    ['~'],
    ['-rf'],
  ])('takes %j for no key, whether to put or to get', async (key) => {
    writeFileSync(path.join(folder, 'outside'), 'secret');
    const noKey = { name: 'StorageError', remedy: 'mend' };

    await expect(storage.put(key, Buffer.from('x'))).rejects.toMatchObject(noKey);
    await expect(storage.get(key)).rejects.toMatchObject(noKey);

    expect(readFileSync(path.join(folder, 'outside'), 'utf8')).toBe('secret');
    expect(readdirSync(folder)).toEqual(['outside']);
  });

  it('writes nothing beside its folder, whatever the key', async () => {
    const part = fc.constantFrom('..', '.', '', 'a', '/', '\\', '\0', '%2e%2e', 'b.c', '~', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        await storage.put(parts.join('/'), Buffer.from('x')).catch(() => undefined);
        expect(readdirSync(folder).filter((name) => name !== 'store')).toEqual([]);
      }),
    );
  });

  describe('says that a person must act', () => {
    const mend = (place: string) => ({
      name: 'StorageError',
      remedy: 'mend',
      message: expect.stringContaining(place) as unknown,
    });

    it('where its folder is below a file', async () => {
      writeFileSync(path.join(folder, 'plain'), 'x');
      const place = path.join(folder, 'plain', 'store');

      await expect(filesystemStorage(place).put('a', Buffer.from('x'))).rejects.toMatchObject(mend(place));
      await expect(filesystemStorage(place).get('a')).rejects.toMatchObject(mend(place));
    });

    it('where its folder is a file', async () => {
      writeFileSync(root, 'x');

      await expect(storage.put('a', Buffer.from('x'))).rejects.toMatchObject(mend(root));
      await expect(storage.get('a')).rejects.toMatchObject(mend(root));
    });

    it('where a folder has the name of an object', async () => {
      mkdirSync(path.join(root, 'a'), { recursive: true });

      await expect(storage.put('a', Buffer.from('x'))).rejects.toMatchObject(mend(root));
      await expect(storage.get('a')).rejects.toMatchObject(mend(root));
    });

    it('where a link leads in a circle', async () => {
      symlinkSync(root, root);

      await expect(storage.put('a', Buffer.from('x'))).rejects.toMatchObject(mend(root));
      await expect(storage.get('a')).rejects.toMatchObject(mend(root));
    });

    it('where the name is longer than the disk takes', async () => {
      const key = 'a'.repeat(300);

      await expect(storage.put(key, Buffer.from('x'))).rejects.toMatchObject(mend(root));
      await expect(storage.get(key)).rejects.toMatchObject(mend(root));
    });
  });
});

describe('creating exclusively', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'darkroom-create-'))));
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  it('has one winner among twenty, and the object is the winner’s, whole', async () => {
    const storage = filesystemStorage(root);
    const results = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => ({
        n,
        how: await storage.create('a/b.json', Buffer.alloc(5000, n)),
      })),
    );
    const winners = results.filter(({ how }) => how === 'created');
    expect(winners).toHaveLength(1);
    expect(await storage.get('a/b.json')).toEqual(Buffer.alloc(5000, winners[0]?.n));
    expect(await storage.list('a')).toEqual(['a/b.json']);
  });

  it('lists nothing where there is nothing', async () => {
    expect(await filesystemStorage(root).list('no/such')).toEqual([]);
  });

  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP'])('says so where the file system cannot (%s)', async (code) => {
    const fs = jest.requireActual<Record<'link', () => Promise<void>>>('node:fs/promises');
    jest.spyOn(fs, 'link').mockRejectedValue(Object.assign(new Error(code), { code }));
    await expect(filesystemStorage(root).create('a.json', Buffer.from('x'))).rejects.toMatchObject({
      message: `The store ${root} cannot be used (it cannot create a file exclusively, ${code}; put it on a file system with hard links)`,
      remedy: 'mend',
    });
    expect(readdirSync(root)).toEqual([]);
  });
});
