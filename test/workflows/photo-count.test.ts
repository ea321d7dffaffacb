import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';

describe('the number of good photos', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const train = async (photos: string[], maxPhotos?: number) =>
    rig.darkroom.result(
      await rig.train(await rig.request({ photos, ...(maxPhotos !== undefined && { maxPhotos }) })),
    );

  it('too few: fails before anything is paid, naming each rejected photo, why, and how many are missing', async () => {
    const good = await writePhotos(rig.config.photosDir, 'few', 8);
    writeFileSync(path.join(rig.config.photosDir, 'few/notes.jpg'), 'not a picture');
    const result = await train([...good, 'file:few/notes.jpg', 'file:few/gone.jpg']);

    expect(result).toMatchObject({ state: 'failed', charge: 'none', credits: { reserved: 0, spent: 0 } });
    expect(result.failure?.code).toBe('TooFewPhotos');
    expect(result.failure?.message).toBe(
      'APIFRAME needs at least 10 good photos and 8 of 10 are good, so add 2 more; ' +
        'rejected: file:few/notes.jpg (not-an-image), file:few/gone.jpg (not-found)',
    );
    expect(result.photos).toHaveLength(10);
  });

  it('too many: says so and how to choose, instead of choosing silently', async () => {
    const photos = await writePhotos(rig.config.photosDir, 'many', 31);
    const result = await train(photos);
    expect(result.failure?.code).toBe('TooManyPhotos');
    expect(result.failure?.message).toContain('31 photos are good and APIFRAME takes at most 30');
    expect(result.failure?.message).toContain('--max-photos 30');
  });

  it('chosen: uses the first good ones in the order of the request', async () => {
    const photos = await writePhotos(rig.config.photosDir, 'many', 31);
    const result = await train(photos, 11);
    expect(result).toMatchObject({ state: 'succeeded', credits: { spent: 2 + 11 * 4 } });
    expect(result.photos.map(({ reasons }) => reasons.includes('over-max-photos'))).toEqual(
      photos.map((_, index) => index >= 11),
    );
    expect((await rig.ledger()).submissions.at(-1)?.images).toBe(11);
  });

  it('a choice below the minimum is refused at once', async () => {
    const photos = await writePhotos(rig.config.photosDir, 'many', 12);
    const result = rig.client.workflow
      .getHandle(await rig.train(await rig.request({ photos, maxPhotos: 3 })))
      .result();
    await expect(result).rejects.toMatchObject({
      cause: { type: 'InvalidRequest', message: 'maxPhotos is 3 and APIFRAME needs at least 10 photos' },
    });
  });

  it('rejected ones are left out, and the training goes on while enough are good', async () => {
    const good = await writePhotos(rig.config.photosDir, 'some', 10);
    writeFileSync(path.join(rig.config.photosDir, 'some/empty.jpg'), '');
    const result = await train(['file:some/empty.jpg', ...good, 'file:../outside.jpg']);
    expect(result).toMatchObject({ state: 'succeeded', credits: { spent: 2 + 10 * 4 } });
    expect(result.photos[0]).toMatchObject({ verdict: 'rejected', reasons: ['empty'], output: null });
    expect(result.photos.at(-1)?.verdict).toBe('rejected');
  });
});
