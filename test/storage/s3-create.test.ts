import type { Storage } from '../../src/storage/port';
import { s3Storage } from '../../src/storage/s3';
import { s3Clients } from '../../src/storage/s3-clients';
import { startFakeS3, type FakeS3, type PutFate } from '../support/fake-s3';

const BYTES = Buffer.from('{"attempt":1}');
const KEY = '/bucket/a/begin.json';

describe('creating in a bucket when the answer does not tell', () => {
  let fake: FakeS3;
  let storage: Storage;
  beforeEach(async () => {
    fake = await startFakeS3();
    storage = newStorage();
    await storage.prove();
    fake.requests.length = 0;
  });
  afterEach(() => fake.close());

  const newStorage = () =>
    s3Storage({ bucket: 'bucket', prefix: '' }, fake.settings, s3Clients(fake.settings));
  const create = (one = storage) => one.create('a/begin.json', BYTES);
  const puts = () => fake.requests.filter((request) => request === `PUT ${KEY}`).length;

  it.each<[string, PutFate[], number]>([
    ['the connection is cut after the object was stored', ['stored-then-cut'], 1],
    ['HTTP 500 is said of an object that was stored', ['stored-then-500'], 1],
    ['a proxy repeats the request, and the second one is refused', ['twice'], 1],
    ['the connection is cut before anything was stored', ['cut'], 2],
    ['the connection is cut, and the object appears a moment later', ['cut-then-stored'], 1],
    ['the object of the first try appears under the second', ['cut', 'cut-then-stored'], 2],
    ['a conflict is told that came to nothing', ['conflict'], 2],
    ['everything goes wrong once', ['conflict', 'cut', 'stored-then-cut'], 3],
  ])('the creator knows its own object although %s', async (_what, fates, sent) => {
    fake.fates.push(...fates);
    expect(await create()).toBe('created');
    expect(puts()).toBe(sent);
    expect(fake.objects.get(KEY)?.bytes).toEqual(BYTES);
    expect(await create()).toBe('exists');
    expect(await create(newStorage())).toBe('exists');
  });

  it.each<PutFate>(['cut', 'conflict', 'honest', 'stored-then-500'])(
    'another creator of the same bytes never takes it for its own (%s)',
    async (fate) => {
      await create(newStorage());
      fake.fates.push(fate);
      expect(await create()).toBe('exists');
    },
  );

  it.each<PutFate>(['stored-then-cut', 'cut-then-stored', 'twice', 'cut', 'conflict', 'stored-then-500'])(
    'of two at once one has created it, whatever becomes of their requests (%s)',
    async (fate) => {
      const two = [newStorage(), newStorage()];
      await Promise.all(two.map((one) => one.prove()));
      fake.fates.push(fate, fate);
      const answers = await Promise.all(two.map((one) => create(one)));
      expect(answers.sort()).toEqual(['created', 'exists']);
    },
  );

  it('says neither where nobody could know, and what appears afterwards is no second creation', async () => {
    fake.fates.push('cut', 'cut', 'cut');
    await expect(create()).rejects.toMatchObject({ name: 'StorageError', remedy: 'wait' });
    fake.objects.set(KEY, { bytes: BYTES, creator: 'the request that nobody waited for any more' });
    expect(await create()).toBe('exists');
  });

  it('gives up in words when no answer ever comes', async () => {
    fake.fates.push('cut', 'cut', 'cut');
    await expect(create()).rejects.toMatchObject({
      name: 'StorageError',
      remedy: 'wait',
      message: expect.stringMatching(
        /^The store s3:\/\/bucket at http:\S+ cannot be used \(\w+\)$/,
      ) as unknown,
    });
    expect(puts()).toBe(3);
    expect(fake.objects.has(KEY)).toBe(false);
  });

  it('sends once where the store answers', async () => {
    await create();
    expect(fake.requests).toEqual([`PUT ${KEY}`]);
  });
});

describe('a bucket that cannot be relied on', () => {
  let fake: FakeS3;
  beforeEach(async () => (fake = await startFakeS3()));
  afterEach(() => fake.close());

  const newStorage = () =>
    s3Storage({ bucket: 'bucket', prefix: '' }, fake.settings, s3Clients(fake.settings));

  it('is refused where it creates twice, before anything else is created', async () => {
    fake.isHonoringConditions = false;
    const refused = {
      remedy: 'mend',
      message: `The store s3://bucket at ${String(fake.settings.endpoint)} cannot be used (it creates an object twice, because it ignores If-None-Match; use a store that honors it)`,
    };
    const storage = newStorage();
    await expect(storage.prove()).rejects.toMatchObject(refused);
    await expect(storage.create('a', BYTES)).rejects.toMatchObject(refused);
    expect([...fake.objects.keys()]).toEqual([]);
  });

  it('is refused where it forgets who created an object', async () => {
    fake.isKeepingMetadata = false;
    await expect(newStorage().prove()).rejects.toMatchObject({
      remedy: 'mend',
      message: expect.stringContaining('it does not keep the metadata of an object') as unknown,
    });
  });

  it('is looked at once, and again after a failure', async () => {
    const storage = newStorage();
    fake.fates.push(...Array.from({ length: 18 }, () => 'cut' as const));
    await expect(storage.prove()).rejects.toMatchObject({ remedy: 'wait' });
    expect(await storage.create('a', BYTES)).toBe('created');
    const before = fake.requests.length;
    await storage.create('b', BYTES);
    expect(fake.requests.length - before).toBe(1);
  });
});
