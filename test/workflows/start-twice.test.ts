import { IdTakenError, TrainingNotFoundError } from '../../src/client';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';

describe('starting twice', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  /** The same request for the same id, as callers that start it twice have it. */
  const requests = new Map<string, Awaited<ReturnType<Rig['request']>>>();
  const start = async (id: string, changes = {}) => {
    rig.remember(id);
    if (!requests.has(id)) requests.set(id, await rig.request());
    const request = requests.get(id) ?? (await rig.request());
    return rig.darkroom.train({ ...request, ...changes }, { id });
  };
  const unique = (name: string) => `${name}-${String(Date.now())}`;

  it('joins: twenty starts at once are one training and one charge', async () => {
    const id = unique('twenty');
    const before = (await rig.ledger()).submissions.length;
    requests.set(id, await rig.request());
    const started = await Promise.all(Array.from({ length: 20 }, () => start(id)));
    expect(started.filter(({ how }) => how === 'started')).toHaveLength(1);
    await rig.darkroom.result(id);
    expect(await start(id)).toEqual({ id, how: 'joined' }); // also when it has ended
    expect((await rig.ledger()).submissions.length - before).toBe(1);
  });

  it('joins by the request itself where no id is given', async () => {
    const request = await rig.request({ subject: `s-${String(Date.now())}` });
    const first = await rig.darkroom.train(request);
    rig.remember(first.id);
    const reversed = { ...request, photos: [...request.photos].reverse() };
    expect(await rig.darkroom.train(reversed)).toEqual({ id: first.id, how: 'joined' });
    await rig.darkroom.result(first.id);
  });

  it('refuses to hand out the training of another request under the same id', async () => {
    const id = unique('taken');
    await start(id);
    await expect(start(id, { subject: 's-2' })).rejects.toBeInstanceOf(IdTakenError);
    await rig.darkroom.result(id);
  });

  it('starts over when the first one ended without any charge', async () => {
    const id = unique('over');
    await addFault(rig.sandbox.url, { endpoint: 'upload', kind: 'refuse' });
    await start(id);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'failed', charge: 'none' });
    expect(await start(id)).toEqual({ id, how: 'started' });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('never starts over when the first one was charged, or may have been', async () => {
    const failed = unique('charged');
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await start(failed);
    expect(await rig.darkroom.result(failed)).toMatchObject({ state: 'failed', charge: 'charged' });
    const lost = unique('lost');
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    await start(lost);
    await rig.untilState(lost, 'needs-decision');
    await rig.darkroom.cancel(lost);
    expect(await rig.darkroom.result(lost)).toMatchObject({ state: 'canceled', charge: 'unknown' });

    const before = (await rig.ledger()).submissions.length;
    expect(await start(failed)).toEqual({ id: failed, how: 'joined' });
    expect(await start(lost)).toEqual({ id: lost, how: 'joined' });
    expect((await rig.ledger()).submissions).toHaveLength(before);
  });

  it('knows nothing of an id that was never started', async () => {
    await expect(rig.darkroom.status('no-such-training')).rejects.toBeInstanceOf(TrainingNotFoundError);
    await expect(rig.darkroom.result('no-such-training')).rejects.toBeInstanceOf(TrainingNotFoundError);
    await expect(rig.darkroom.cancel('no-such-training')).rejects.toBeInstanceOf(TrainingNotFoundError);
  });
});
