import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RequestTo } from '../../src/contract/request';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';

const QUICK = { DARKROOM_LOOK_UP_FIRST: '200ms', DARKROOM_LOOK_UP_WINDOW: '1500ms' };

describe('a training at TryItOn', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ env: QUICK });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const request = async (modelId: string, options: Partial<RequestTo<'tryiton'>['options']> = {}) => ({
    ...(await rig.request()),
    provider: 'tryiton',
    options: {
      modelId,
      body: 'woman',
      styles: ['studio', 'beach'],
      customizations: ['brown eyes'],
      ...options,
    },
  });
  const trainings = async (modelId: string) => {
    const { tryiton } = await rig.ledger();
    return tryiton.models.find(({ id }) => id === modelId)?.trainings ?? [];
  };

  it('uploads, trains the model once, and copies the images into the store', async () => {
    const result = await rig.darkroom.result(await rig.train(await request('101')));
    expect(result).toMatchObject({
      state: 'succeeded',
      trainingId: '101',
      triggerWord: null,
      charge: 'charged',
    });
    expect(result.results).toHaveLength(4);
    for (const key of result.results) {
      expect(key).toMatch(/^results\/[0-9a-f]{32}\/\d{3}\.png$/);
      expect(existsSync(path.join(rig.config.storeDir, key))).toBe(true);
    }
    expect(await trainings('101')).toMatchObject([{ images: 12, styles: 2 }]);
  });

  it('whose answer is lost is found by its model, and goes on', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'tryiton-train', kind: 'reset-after' });
    const result = await rig.darkroom.result(await rig.train(await request('102')));
    expect(result).toMatchObject({ state: 'succeeded', trainingId: '102' });
    expect(await trainings('102')).toHaveLength(1);
  });

  it('that did not start is proven so by its unused model, and submitted again', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'tryiton-train', kind: 'reset-before' });
    const id = await rig.train(await request('103'));
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', trainingId: '103' });
    expect((await rig.darkroom.status(id)).submissions).toBe(2);
    expect(await trainings('103')).toHaveLength(1);
  });

  it.each([
    ['101', 'ModelTaken', /^The model 101 belongs to the training /],
    ['999', 'ProviderRefused', /the model 999 is not among the bought ones/],
  ])('with the model %s is refused before anything is sent: %s', async (modelId, code, sentence) => {
    const { uploads } = (await rig.ledger()).tryiton;
    const result = await rig.darkroom.result(await rig.train(await request(modelId)));
    expect(result).toMatchObject({ state: 'failed', charge: 'none', failure: { code } });
    expect(result.failure?.message).toMatch(sentence);
    expect((await rig.ledger()).tryiton.uploads).toBe(uploads);
  });

  it('with a style whose key is too old is refused before anything is sent', async () => {
    const { uploads } = (await rig.ledger()).tryiton;
    const styles = [{ key: 'k-1', uploadedAt: new Date(Date.now() - 86_400_000).toISOString() }];
    const result = await rig.darkroom.result(await rig.train(await request('104', { styles })));
    expect(result).toMatchObject({ state: 'failed', charge: 'none', failure: { code: 'StyleExpired' } });
    expect((await rig.ledger()).tryiton.uploads).toBe(uploads);
  });

  it('cannot adopt another model than its own, nor one that is not used', async () => {
    const adopted = (modelId: string, adopt: string) =>
      request(modelId).then(async (asked) => rig.darkroom.result(await rig.train({ ...asked, adopt })));
    expect((await adopted('104', '105')).failure).toMatchObject({ code: 'NotAdoptable' });
    const unused = await adopted('105', '105');
    expect(unused.failure).toMatchObject({ code: 'NotAdoptable' });
    expect(unused.failure?.message).toContain('TryItOn has not started it: the model 105 is not used');
  });
});
