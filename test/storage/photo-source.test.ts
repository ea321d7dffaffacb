import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLocated } from '../../src/photos/process/read-located';
import { fileSource, locatePhotoFile, type FetchedPhoto } from '../../src/storage/photo-source';

const MAX_BYTES = 1000;

describe('photo references in a folder', () => {
  let folder: string;
  let root: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-photos-'));
    root = path.join(folder, 'photos');
    mkdirSync(path.join(root, 's-1'), { recursive: true });
    mkdirSync(path.join(folder, 'photos-of-others'));
    writeFileSync(path.join(root, 's-1/1.jpg'), 'picture');
    writeFileSync(path.join(folder, 'secret.jpg'), 'secret');
    writeFileSync(path.join(folder, 'photos-of-others/1.jpg'), 'secret');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Located here, read as a photo process reads it. */
  const fetchedBelow = async (top: string, ref: string, maxBytes = MAX_BYTES): Promise<FetchedPhoto> => {
    const located = await fileSource(top).locate(ref, maxBytes, new AbortController().signal);
    if ('rejected' in located) return located;
    const read = await readLocated(located.file);
    if ('notRead' in read) throw new Error(read.notRead);
    return 'rejected' in read ? read : { bytes: read.bytes };
  };
  const fetched = (ref: string, maxBytes?: number) => fetchedBelow(root, ref, maxBytes);
  const PICTURE = { bytes: Buffer.from('picture') };

  it.each(['file:s-1/1.jpg', 'file:./s-1/1.jpg', 'file:s-1/../s-1//1.jpg'])('%s is read', async (ref) => {
    expect(await fetched(ref)).toEqual(PICTURE);
  });

  it('a path from the top is read if it is below the folder', async () => {
    expect(await fetched(`file:${root}/s-1/1.jpg`)).toEqual(PICTURE);
    expect(await fetched(`file://${root}/s-1/1.jpg`)).toEqual(PICTURE);
  });

  it('a link is followed as long as it stays below the folder', async () => {
    symlinkSync('s-1/1.jpg', path.join(root, 'link.jpg'));
    symlinkSync('s-1', path.join(root, 'link'));

    expect(await fetched('file:link.jpg')).toEqual(PICTURE);
    expect(await fetched('file:link/1.jpg')).toEqual(PICTURE);
  });

  it('the folder itself may be a link', async () => {
    symlinkSync('photos', path.join(folder, 'link'));

    const link = path.join(folder, 'link');

    expect(await fetchedBelow(link, 'file:s-1/1.jpg')).toEqual(PICTURE);
    expect(await fetchedBelow(link, `file:${folder}/link/s-1/1.jpg`)).toEqual(PICTURE);
  });

  it('the folder may be the whole disk', async () => {
    expect(await fetchedBelow('/', `file:${root}/s-1/1.jpg`)).toEqual(PICTURE);
  });

  it.each([
    'file:../secret.jpg',
    'file:s-1/../../secret.jpg',
    'file:../photos-of-others/1.jpg',
    'file:../photos',
    'file:..',
    'file:.',
    'file:',
    'file:s-1/..',
    'file:/etc/passwd',
    'file:///etc/passwd',
  ])('%s is outside and not read', async (ref) => {
    expect(await fetched(ref)).toEqual({ rejected: 'outside-root' });
  });

  it('a link that leads out is outside, whether it is the photo or a folder above', async () => {
    symlinkSync('../secret.jpg', path.join(root, 'link.jpg'));
    symlinkSync('../photos-of-others', path.join(root, 'others'));

    expect(await fetched('file:link.jpg')).toEqual({ rejected: 'outside-root' });
    expect(await fetched('file:others/1.jpg')).toEqual({ rejected: 'outside-root' });
  });

  it('what lies outside when it is open is outside, although its path was inside when that was looked at', async () => {
    symlinkSync('../photos-of-others', path.join(root, 's-2')); // a folder that was replaced a moment ago
    expect(await locatePhotoFile(path.join(root, 's-2/1.jpg'), MAX_BYTES, root)).toEqual({
      rejected: 'outside-root',
    });
    expect(await locatePhotoFile(path.join(root, 's-1/1.jpg'), MAX_BYTES, root)).toHaveProperty('file');
  });

  it('nobody can find out what exists outside', async () => {
    expect(await fetched('file:../not-there.jpg')).toEqual(await fetched('file:../secret.jpg'));
    expect(await fetched('file:/not/there.jpg')).toEqual(await fetched('file:/etc/passwd'));
  });

  it.each(['file:s-1/2.jpg', 'file:s-2/1.jpg', 'file:s-1/1.jpg/x', 'file:s-1/1%2ejpg', 'file:S-1'])(
    '%s is not found',
    async (ref) => {
      expect(await fetched(ref)).toEqual({ rejected: 'not-found' });
    },
  );

  it.each(['s-1/1.jpg', 'https://example.com/1.jpg', 's3:bucket/1.jpg', 'FILE:s-1/1.jpg', ''])(
    '"%s" is not found, because it is no file: reference',
    async (ref) => {
      expect(await fetched(ref)).toEqual({ rejected: 'not-found' });
    },
  );

  it.each([
    ['a folder', () => 's-1'],
    [
      'a pipe, which would hold the reader for ever',
      () => {
        execFileSync('mkfifo', [path.join(root, 'pipe.jpg')]);
        return 'pipe.jpg';
      },
    ],
    [
      'a link to itself',
      () => {
        symlinkSync('loop.jpg', path.join(root, 'loop.jpg'));
        return 'loop.jpg';
      },
    ],
    ['a name that no disk can have', () => 'x'.repeat(300)],
    ['a name with a NUL', () => 'a\0b'],
  ])('%s is unreadable', async (_what, make) => {
    expect(await fetched(`file:${make()}`)).toEqual({ rejected: 'unreadable' });
  });

  it('a file that this user may not open is unreadable, also when the permission goes between look and reading', async () => {
    const file = path.join(root, 's-1/1.jpg');
    for (const place of [folder, root, path.join(root, 's-1')]) chmodSync(place, 0o755);
    await asNobody(async () => {
      const located = await fileSource(root).locate(
        'file:s-1/1.jpg',
        MAX_BYTES,
        new AbortController().signal,
      );
      if (!('file' in located)) throw new Error('it could be opened before');
      withRoot(() => chmodSync(file, 0o000));
      expect(await readLocated(located.file)).toEqual({ rejected: 'unreadable' });
      expect(await fetched('file:s-1/1.jpg')).toEqual({ rejected: 'unreadable' });
    });
  });

  it('a photo may have as many bytes as allowed and not one more', async () => {
    writeFileSync(path.join(root, 'big.jpg'), Buffer.alloc(MAX_BYTES));

    expect(await fetched('file:big.jpg')).toEqual({ bytes: Buffer.alloc(MAX_BYTES) });
    expect(await fetched('file:big.jpg', MAX_BYTES - 1)).toEqual({ rejected: 'too-many-bytes' });
  });

  it('an empty photo is read as it is', async () => {
    writeFileSync(path.join(root, 'empty.jpg'), '');

    expect(await fetched('file:empty.jpg')).toEqual({ bytes: Buffer.alloc(0) });
  });

  it('without the folder no photo is judged: it may only not be mounted', async () => {
    rmSync(root, { recursive: true });

    await expect(fetched('file:s-1/1.jpg')).rejects.toMatchObject({
      name: 'StorageError',
      remedy: 'mend',
      message: `The photos folder ${root} cannot be read (ENOENT)`,
    });
  });
});

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Permissions say nothing to root, as which CI runs. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

function withRoot(work: () => void): void {
  if (isRoot) process.seteuid?.(0);
  work();
  if (isRoot) process.seteuid?.(NOBODY);
}
