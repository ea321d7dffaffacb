import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestTo } from '../../src/contract/request';
import { drawPortraits } from '../../src/demo-portraits';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

/** The gates as they are by default, on the portraits of the demo: twelve good ones, a mirrored one, a broken one. */
describe('gates before money', () => {
  let rig: Rig;
  let photos: string[];
  beforeAll(async () => {
    rig = await createRig({ env: { DARKROOM_GATES: 'too-dark=warn' } });
    await rig.startWorker();
    const folder = path.join(rig.config.photosDir, 'portraits');
    mkdirSync(folder, { recursive: true });
    const portraits = await drawPortraits();
    for (const { name, bytes } of portraits) writeFileSync(path.join(folder, name), bytes);
    photos = portraits.map(({ name }) => `file:portraits/${name}`);
  });
  afterAll(() => rig.close());

  const train = async (changes: Partial<RequestTo<'apiframe'>> = {}) =>
    rig.darkroom.result(await rig.train(await rig.request({ photos, ...changes })));
  const stored = (key: string) => readFileSync(path.join(rig.config.storeDir, key));

  it('a photo that repeats another is not paid for; the result and the report in the store say so', async () => {
    const result = await train();
    expect(result).toMatchObject({ state: 'succeeded', credits: { spent: 2 + 12 * 4 } });
    expect(result.photos.at(-2)).toEqual({
      photo: 'file:portraits/13-mirrored.jpg',
      verdict: 'rejected',
      reasons: ['near-duplicate'],
      output: null,
      twin: 'file:portraits/02-garden.jpg',
    });
    expect(result.photoSummary).toMatchObject({ creditsSaved: 4 });
    expect(result.photoSummary?.advice).toMatch(
      /^12 good photos, 1 repetition found, faces of \d+ to \d+ % /,
    );
    expect((await rig.ledger()).submissions.at(-1)?.images).toBe(12);

    const page = stored(result.photoSummary?.report ?? '').toString();
    expect(page).toContain('<title>14 photos: 12 accepted, 0 warned, 2 rejected</title>');
    expect(page).toContain('1 photo rejected by the gates: 4 credits saved, 4 a photo');
    expect(page).toContain('The other one: file:portraits/02-garden.jpg');
  });

  it('a request may set its own gates', async () => {
    const result = await train({ gates: { 'near-duplicate': 'warn' } });
    expect(result).toMatchObject({ state: 'succeeded', credits: { spent: 2 + 13 * 4 } });
    expect(result.photos.at(-2)).toMatchObject({ verdict: 'warned', reasons: ['near-duplicate'] });
    expect(result.photoSummary).toMatchObject({ creditsSaved: 0 });
  });

  it('crop: head and shoulders, under keys of their own', async () => {
    const { photos: verdicts } = await train({ crop: 'subject' });
    const output = verdicts[0]?.output ?? '';
    expect(output).toMatch(/-subject\.jpg$/);
    expect(stored(output).equals(stored(output.replace('-subject', '')))).toBe(false);
  });

  it('too few are left: nothing is paid, and each reason is named', async () => {
    const repeated = photos.slice(0, 6).flatMap((photo) => [photo, photo]);
    const result = await train({ photos: repeated });
    expect(result).toMatchObject({ state: 'failed', charge: 'none', credits: { reserved: 0, spent: 0 } });
    expect(result.failure?.message).toContain('6 of 12 are good, so add 4 more');
    expect(result.failure?.message).toContain('file:portraits/01-studio.jpg (duplicate)');
  });

  it.each([
    [{ gates: { blury: 'off' } }, /gates/],
    [{ gates: { blurred: 'maybe' } }, /gates\.blurred/],
    [{ gates: { faces: 'off' } }, /gates/],
    [{ crop: 'face' }, /crop/],
  ])('%j is refused in words', async (wrong, words) => {
    const id = await rig.train({ ...(await rig.request({ photos })), ...wrong });
    await expect(rig.client.workflow.getHandle(id).result()).rejects.toMatchObject({
      cause: { type: 'InvalidRequest', message: expect.stringMatching(words) as string },
    });
  });

  it('while photos are looked at, the status says how many are done', async () => {
    const many = Array.from({ length: 60 }, (_, index) => {
      const copy = `portraits/copy-${index}.jpg`;
      const bytes = given(rig, photos[9] ?? '');
      // A comment at the end makes another file of the same picture.
      writeFileSync(path.join(rig.config.photosDir, copy), Buffer.concat([bytes, Buffer.from(`${index}`)]));
      return `file:${copy}`;
    });
    const id = await rig.train(await rig.request({ photos: many }));
    const seen = await until('some are done and some are not', async () => {
      const status = await rig.darkroom.status(id).catch(() => null);
      const done = status?.photosDone ?? 0;
      return status !== null && done > 0 && done < 60 ? status : null;
    });
    expect(seen.line).toBe(`Normalizing 60 photos · ${seen.photosDone} of 60 done`);
    await rig.darkroom.result(id);
  });
});

function given(rig: Rig, ref: string): Buffer {
  return readFileSync(path.join(rig.config.photosDir, ref.replace('file:', '')));
}
