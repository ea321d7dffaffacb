import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BatchStatus, FolderOrder } from '../../src/contract/batch';
import { afreshAccess } from '../support/test-server';
import type { PhotoFolders } from '../../src/storage/photo-folders';
import { photo } from '../support/photos';
import { createRig, type Rig } from '../support/rig';

const REQUEST = { provider: 'apiframe', options: { gender: 'female', ethnicity: 'white' } } as const;

describe('a batch of every folder that has no training yet', () => {
  let rig: Rig;
  let number = 0;
  let drawn = 0;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const charges = async () => (await rig.ledger()).submissions.length;
  const start = async (under: string, changes: Partial<FolderOrder> = {}, at = rig) => {
    const id = `folders-${String(process.pid)}-${String((number += 1))}`;
    const order: FolderOrder = { everyFolder: { under, request: REQUEST }, inFlight: 5, ...changes };
    await at.client.workflow.start('trainBatch', { workflowId: id, taskQueue: 'darkroom', args: [order] });
    at.remember(id);
    return id;
  };
  const result = async (id: string, at = rig) => {
    const status = (await at.client.workflow.getHandle(id).result()) as BatchStatus;
    for await (const { workflowId } of at.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      at.remember(workflowId);
    return status;
  };
  /** Photos of their own each: the same ones of two people are refused as one training twice. */
  const folders = async (place: string, names: readonly string[], count = 12) => {
    for (const name of names) {
      const folder = path.join(rig.config.photosDir, place, name);
      mkdirSync(folder, { recursive: true });
      for (let index = 0; index < count; index += 1)
        writeFileSync(path.join(folder, `${String(index)}.jpg`), await photo((drawn += 1)));
    }
    return path.join(rig.config.photosDir, place);
  };

  it('trains each once, and later those that have come; what is no person is left out', async () => {
    const place = await folders('people', ['p-1', 'p-2', 'a name, not a pseudonym', '.hidden']);
    mkdirSync(path.join(place, 'empty'));
    writeFileSync(path.join(place, 'notes.txt'), 'no folder');
    await folders('elsewhere', ['p-9']);
    mkdirSync(path.join(rig.home, 'outside/p-8'), { recursive: true });
    symlinkSync(path.join(rig.home, 'outside/p-8'), path.join(place, 'p-8'));
    const before = await charges();
    expect(await result(await start('file:people'))).toMatchObject({ rows: 2, states: { succeeded: 2 } });
    expect(await charges()).toBe(before + 2);

    await folders('people', ['p-3']);
    expect(await result(await start('file:people/'))).toMatchObject({ rows: 1, states: { succeeded: 1 } });
    expect(await result(await start('file:people'))).toMatchObject({ rows: 0, states: {}, creditsSpent: 0 });
    expect(await charges()).toBe(before + 3);
  });

  it('does not pay again for a photo more, nor for what was trained by hand; what Temporal has forgotten, the store has not', async () => {
    const place = await folders('more', ['m-1', 'm-2']);
    const photos = Array.from({ length: 12 }, (_, index) => `file:more/m-2/${String(index)}.jpg`);
    const request = await rig.request({ subject: 'm-2', photos: photos.slice(0, 11) });
    await rig.darkroom.result(await rig.train(request));
    const before = await charges();
    expect(await result(await start('file:more'))).toMatchObject({ rows: 1, states: { succeeded: 1 } });
    cpSync(path.join(place, 'm-1/0.jpg'), path.join(place, 'm-1/99.jpg'));
    expect(await result(await start('file:more'))).toMatchObject({ rows: 0 });

    const afresh = await createRig({ access: afreshAccess(), like: rig });
    try {
      await afresh.startWorker();
      const status = await result(await start('file:more', {}, afresh), afresh);
      // Of the one that was trained by hand, with a photo less, nobody knows any more.
      expect(status).toMatchObject({ rows: 1, states: { succeeded: 1 } });
    } finally {
      await afresh.close();
    }
    expect(await charges()).toBe(before + 2);
  });

  it('retries the rows that it had, and looks for no others', async () => {
    await folders('again', ['a-1'], 3);
    const id = await start('file:again', { budgetCredits: 1000 });
    expect((await result(id)).states).toEqual({ failed: 1 });
    await folders('again', ['a-2']);
    const before = await charges();
    // Of the photos that it was asked to train there are still too few.
    expect(await rig.darkroom.retryBatch(id)).toMatchObject({ again: 1, left: [] });
    expect(await result(id)).toMatchObject({ rows: 1, states: { failed: 1 }, budgetCredits: 1000 });
    expect(await charges()).toBe(before);
    expect(await result(await start('file:again'))).toMatchObject({ rows: 1, states: { succeeded: 1 } });
  });

  it('tries a folder again that had too few photos, when it has more', async () => {
    await folders('few', ['f-1'], 3);
    expect((await result(await start('file:few'))).states).toEqual({ failed: 1 });
    expect((await result(await start('file:few'))).rows).toBe(0);
    await folders('few', ['f-1']);
    expect((await result(await start('file:few'))).states).toEqual({ succeeded: 1 });
  });

  it.each([
    ['file:nobody', 'There is no folder file:nobody that the worker can read (ENOENT)'],
    ['file:../', 'leads out of the photos folder'],
    ['s3://bucket/people', 'name it in DARKROOM_PHOTOS_S3'],
    ['ftp://x', 'ftp://x has no folders'],
  ])('says what is wrong with %s', async (under, words) => {
    const id = await start(under);
    await expect(result(id)).rejects.toThrow();
    await expect(rig.darkroom.batch(id)).rejects.toThrow(words);
  });
});

describe('a batch that looks for folders', () => {
  let rig: Rig;
  beforeAll(async () => {
    const photoFolders: PhotoFolders = {
      async *below(_under, signal) {
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        });
      },
    };
    rig = await createRig({ ports: () => ({ photoFolders }) });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('says so, takes a pause, and is canceled at once', async () => {
    const id = `looking-${String(process.pid)}`;
    const order: FolderOrder = { everyFolder: { under: 'file:people', request: REQUEST }, inFlight: 5 };
    await rig.client.workflow.start('trainBatch', { workflowId: id, taskQueue: 'darkroom', args: [order] });
    rig.remember(id);
    expect(await rig.darkroom.batch(id)).toMatchObject({
      rows: 0,
      line: '0 rows · looking for folders · 0 credits spent',
    });
    expect(await rig.darkroom.steerBatch(id, { do: 'pause' })).toMatchObject({ isPaused: true });
    await rig.client.workflow.getHandle(id).cancel();
    expect(await rig.client.workflow.getHandle(id).result()).toMatchObject({ isCanceled: true, rows: 0 });
  });
});
