import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderIds } from '../../src/activities/folder-ids';
import type { FolderOrder } from '../../src/contract/batch';
import type { TrainRequest } from '../../src/contract/request';
import { filesystemStorage } from '../../src/storage/filesystem';
import { trainingWorkflowId } from '../../src/training-id';
import { batchesOf } from '../support/batches';
import { photo } from '../support/photos';
import { createRig, type Rig } from '../support/rig';

const REQUEST = { provider: 'apiframe', options: { gender: 'female', ethnicity: 'white' } } as const;

describe('a batch of every folder', () => {
  let rig: Rig;
  let drawn = 0;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, result } = batchesOf(() => rig);

  const start = async (under: string, changes: Partial<FolderOrder> = {}) => {
    const id = newId();
    const order: FolderOrder = { everyFolder: { under, request: REQUEST }, inFlight: 5, ...changes };
    await rig.client.workflow.start('trainBatch', { workflowId: id, taskQueue: 'darkroom', args: [order] });
    return id;
  };
  /** Photos of their own: the same ones of two people are refused as one training twice. */
  const folder = async (place: string, count = 12) => {
    const made = path.join(rig.config.photosDir, place);
    mkdirSync(made, { recursive: true });
    for (let index = 0; index < count; index += 1)
      writeFileSync(path.join(made, `${String(index)}.jpg`), await photo((drawn += 1)));
    return made;
  };

  it('trains a person once, also where an older batch comes to the row when a newer one has trained the folder with a photo more', async () => {
    const place = await folder('late/l-1');
    const id = await start('file:late', { budgetCredits: 1, beyondMeans: 'leave-out' });
    expect((await result(id)).states).toEqual({ 'left-out': 1 });
    cpSync(path.join(place, '0.jpg'), path.join(place, '99.jpg'));
    expect((await result(await start('file:late'))).states).toEqual({ succeeded: 1 });
    const before = await rig.ledger();
    expect(await rig.darkroom.retryBatch(id, { budgetCredits: 1000 })).toMatchObject({ again: 1 });
    expect((await result(id)).states).toEqual({ failed: 1 });
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    expect((await rig.darkroom.result(row?.id ?? '')).failure).toMatchObject({
      code: 'DuplicateTraining',
      message: expect.stringContaining('The folder of l-1 was trained as ') as string,
    });
    expect(await rig.ledger()).toEqual(before);
  });

  it('does not train who is trained by hand meanwhile', async () => {
    await folder('hand/h-1');
    const id = await start('file:hand', { budgetCredits: 1, beyondMeans: 'leave-out' });
    await result(id);
    const byHand = await rig.train(await rig.request({ subject: 'h-1' }));
    await rig.darkroom.result(byHand);
    await rig.darkroom.retryBatch(id, { budgetCredits: 1000 });
    expect((await result(id)).states).toEqual({ failed: 1 });
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    expect((await rig.darkroom.result(row?.id ?? '')).failure?.message).toContain(`trained as ${byHand} `);
  });

  it('trains a person once, whatever comes at once', async () => {
    const before = (await rig.ledger()).submissions.length;
    await folder('at-once/o-1', 17);
    const photos = Array.from({ length: 17 }, (_, index) => `file:at-once/o-1/${String(index)}.jpg`);
    const all: TrainRequest[] = [];
    for (let n = 0; n < 6; n += 1)
      all.push(await rig.request({ subject: 'o-1', generation: 1, photos: photos.slice(n, n + 12) }));
    const ofFolder = folderIds(filesystemStorage(rig.config.storeDir));
    for (const request of all) await ofFolder.add(request);
    for (const request of all) await rig.train(request, trainingWorkflowId(request));
    const ends = await Promise.all(all.map((one) => rig.darkroom.result(trainingWorkflowId(one))));
    expect((await rig.ledger()).submissions.length - before).toBe(1);
    expect(ends.filter(({ state }) => state === 'succeeded')).toHaveLength(1);
    expect(ends.filter(({ failure }) => failure?.code === 'DuplicateTraining')).toHaveLength(5);
  });
});
