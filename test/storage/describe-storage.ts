import type { Storage } from '../../src/storage/port';

export interface StorageUnderTest {
  storage: Storage;
  /** The same place as another process reaches it. */
  again: () => Storage;
}

const BAD_KEYS = [
  '..',
  '../a',
  'a/../b',
  'a/..',
  '.',
  '.a',
  '/a',
  '',
  'a//b',
  'a/',
  'a\\b',
  'a\0b',
  'a b',
  'a\n',
  '~',
];

/** What holds of every kind of store. */
export function describeStorage(what: string, create: () => Promise<StorageUnderTest>): void {
  describe(`${what}, as every store`, () => {
    let storage: Storage;
    let again: () => Storage;
    beforeAll(async () => ({ storage, again } = await create()));

    it('gives back what was put, byte for byte, to whoever reads it', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      await storage.put('put/b.c/d-e_1.jpg', bytes);
      expect(await storage.get('put/b.c/d-e_1.jpg')).toEqual(bytes);
      expect(await again().get('put/b.c/d-e_1.jpg')).toEqual(bytes);
    });

    it('takes 5 MiB, and an empty object for an object', async () => {
      const large = Buffer.alloc(5 * 1024 ** 2, 7);
      await storage.put('put/large', large);
      await storage.put('put/empty', Buffer.alloc(0));
      expect((await storage.get('put/large'))?.equals(large)).toBe(true);
      expect(await storage.get('put/empty')).toEqual(Buffer.alloc(0));
      expect(await storage.has('put/empty')).toBe(true);
    });

    it('replaces an object', async () => {
      await storage.put('put/replaced', Buffer.from('old, and longer'));
      await storage.put('put/replaced', Buffer.from('new'));
      expect(String(await storage.get('put/replaced'))).toBe('new');
    });

    it.each(['absent', 'absent/b', 'absent/b/c'])('has nothing at %s', async (key) => {
      expect(await storage.get(key)).toBeNull();
      expect(await storage.has(key)).toBe(false);
      expect(await storage.list(key)).toEqual([]);
    });

    it('lists what is right below a prefix, and what else begins like it is not', async () => {
      for (const key of ['list/a/1', 'list/a/2.json', 'list/ab', 'list/ab.c'])
        await storage.put(key, Buffer.from(key));
      expect((await storage.list('list/a')).sort()).toEqual(['list/a/1', 'list/a/2.json']);
      expect((await again().list('list/a')).sort()).toEqual(['list/a/1', 'list/a/2.json']);
    });

    it('creates what is not there, and leaves alone what is', async () => {
      expect(await storage.create('create/once', Buffer.from('first'))).toBe('created');
      expect(await storage.create('create/once', Buffer.from('second'))).toBe('exists');
      expect(await again().create('create/once', Buffer.from('first'))).toBe('exists');
      expect(String(await storage.get('create/once'))).toBe('first');
    });

    it('takes what was put for what is there', async () => {
      await storage.put('create/put', Buffer.from('put'));
      expect(await storage.create('create/put', Buffer.from('created'))).toBe('exists');
      expect(String(await storage.get('create/put'))).toBe('put');
    });

    it('has one winner among a hundred that create at once, and the object is the winner’s, whole', async () => {
      const stores = [storage, again(), again(), again()];
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          (stores[n % stores.length] ?? storage).create('create/race', Buffer.alloc(5000, n)),
        ),
      );
      expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'exists')).toHaveLength(99);
      expect(await storage.get('create/race')).toEqual(Buffer.alloc(5000, answers.indexOf('created')));
      expect((await storage.list('create')).filter((key) => key.includes('race'))).toEqual(['create/race']);
    });

    it.each(BAD_KEYS)('takes %j for no key, whatever it is for', async (key) => {
      const noKey = { name: 'StorageError', remedy: 'mend', message: `"${key}" is not a storage key` };
      const bytes = Buffer.from('x');
      await expect(storage.put(key, bytes)).rejects.toMatchObject(noKey);
      await expect(storage.create(key, bytes)).rejects.toMatchObject(noKey);
      await expect(storage.get(key)).rejects.toMatchObject(noKey);
      await expect(storage.has(key)).rejects.toMatchObject(noKey);
      await expect(storage.list(key)).rejects.toMatchObject(noKey);
    });

    it('proves itself, and leaves nothing of the trial behind', async () => {
      await expect(storage.prove()).resolves.toBeUndefined();
      expect(await storage.list('probe')).toEqual([]);
    });
  });
}
