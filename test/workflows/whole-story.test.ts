import { createRig, type Rig } from '../support/rig';

describe('a training from photos to model', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('is trained and charged once', async () => {
    const id = await rig.train(await rig.request());
    const result = await rig.darkroom.result(id);

    const { submissions, uploads, credits } = await rig.ledger();
    expect(submissions).toHaveLength(1);
    expect(uploads).toHaveLength(1);
    expect(credits.spent).toBe(2 + 12 * 4);
    expect(result).toMatchObject({
      id,
      state: 'succeeded',
      trainingId: submissions[0]?.taskId,
      triggerWord: 'TOKIKD',
      credits: { reserved: 0, spent: credits.spent },
      charge: 'charged',
      failure: null,
    });
    expect(result.photos.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 12 }, () => 'accepted'));
  });
});
