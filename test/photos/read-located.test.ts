import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLocated } from '../../src/photos/process/read-located';
import { located } from './support/pool';

describe('a file that changes while it is read', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-read-'));
    file = path.join(folder, 'photo.jpg');
    writeFileSync(file, 'half old, half new');
    utimesSync(file, 1000, 1000);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Reads at most five bytes at a time, and does this after the first five. */
  const readWith = async (change: () => void) => {
    const found = await located(file);
    const handle = await open(file);
    const handles = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const read = Reflect.get(handles, 'read') as (...args: unknown[]) => Promise<unknown>;
    let reads = 0;
    jest.spyOn(handles, 'read').mockImplementation(async function (this: FileHandle, ...args: unknown[]) {
      const [bytes, at, count, from] = args as [Buffer, number, number, number];
      const answer = await read.call(this, bytes, at, Math.min(count, 5), from);
      reads += 1;
      if (reads === 1) change();
      return answer as never;
    });
    return { answer: await readLocated(found), reads };
  };

  it.each([
    ['written again', () => utimesSync(file, 2000, 2000)],
    [
      'longer, by a writer that keeps the time',
      () => {
        appendFileSync(file, 'x');
        utimesSync(file, 1000, 1000);
      },
    ],
    [
      'shorter, so that there is nothing more to read',
      () => {
        truncateSync(file, 5);
        utimesSync(file, 1000, 1000);
      },
    ],
  ])('%s: is noticed', async (_what, change) => {
    expect((await readWith(change)).answer).toEqual({ rejected: 'changed' });
  });

  it('is whole, in however many pieces it came, if nobody changed it', async () => {
    const { answer, reads } = await readWith(() => undefined);
    expect(answer).toMatchObject({ bytes: Buffer.from('half old, half new') });
    expect(reads).toBe(4);
  });
});
