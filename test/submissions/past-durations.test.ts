import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PAST_SHARES } from '../../src/contract/past-durations';
import { filesystemStorage } from '../../src/storage/filesystem';
import { pastDurations } from '../../src/submissions/past-durations';

const folder = mkdtempSync(path.join(os.tmpdir(), 'durations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const storage = filesystemStorage(folder);

test('five durations of an account make quantiles, and belong to no other account', async () => {
  const book = pastDurations(storage);
  for (const minutes of [40, 10, 30, 20]) await book.add('apiframe', 'main', minutes * 60_000);
  expect(await book.read('apiframe', 'main')).toBeNull();
  await book.add('apiframe', 'main', 50 * 60_000);
  const quantiles = await book.read('apiframe', 'main');
  expect(quantiles).toHaveLength(PAST_SHARES.length);
  expect(quantiles?.map((ms) => ms / 60_000)).toEqual([10, 10, 20, 30, 40, 50, 50]);
  expect(await book.read('apiframe', 'other')).toBeNull();
  expect(await book.read('tryiton', 'main')).toBeNull();
});

test('many that end at once are all kept, the last 200 of them', async () => {
  const book = pastDurations(storage);
  await Promise.all(Array.from({ length: 250 }, (_, index) => book.add('apiframe', 'busy', index + 1)));
  expect((await book.read('apiframe', 'busy'))?.[0]).toBeGreaterThan(50);
  expect((await book.read('apiframe', 'busy'))?.at(-1)).toBeGreaterThan(230);
});

test('a file that cannot be read is as good as none', async () => {
  const book = pastDurations(storage);
  for (let n = 0; n < 5; n += 1) await book.add('apiframe', 'broken', 1000);
  const [key = ''] = (await storage.list('durations')).filter((one) => one.includes('apiframe'));
  await storage.put(key, Buffer.from('{"tookMs":["long"]}'));
  const accounts = ['main', 'busy', 'broken'];
  const read = await Promise.all(accounts.map((account) => book.read('apiframe', account)));
  expect(read.filter((one) => one === null)).toHaveLength(1);
  await expect(book.add('apiframe', 'broken', 1000)).resolves.toBeUndefined();
});
