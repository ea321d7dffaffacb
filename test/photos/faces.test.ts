import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drawPortraits } from '../../src/demo-portraits';
import { VARIANTS } from '../../src/demo-portraits/variants';
import { sharp } from '../../src/photos/decoder';
import type { PhotoFindings } from '../../src/photos/findings';
import { judgePhoto } from '../../src/photos/gates/judge-photo';
import type { PhotoPool } from '../../src/photos/process/photo-pool';
import { decode } from './support/pictures';
import { examined, realPool, WITH_FACES } from './support/pool';
import { uncropped } from './support/policy';

/** The real model in a real process, on the portraits of the demo: nobody who exists. */
describe('faces', () => {
  let folder: string;
  let pool: PhotoPool;
  let portraits: { name: string; bytes: Buffer }[];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-faces-'));
    pool = realPool();
    portraits = await drawPortraits();
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const portrait = (start: string) => {
    const found = portraits.find(({ name }) => name.startsWith(start));
    if (!found) throw new Error(`no portrait ${start}`);
    return found.bytes;
  };
  const findingsOf = async (bytes: Buffer, crop: 'whole' | 'subject' = 'whole'): Promise<PhotoFindings> => {
    const found = await lookAt(bytes, crop);
    return found.findings;
  };
  const lookAt = async (bytes: Buffer, crop: 'whole' | 'subject') => {
    const file = path.join(folder, 'photo');
    writeFileSync(file, bytes);
    const found = await examined(pool, file, { ...WITH_FACES, crop });
    if (!found.readable) throw new Error(found.reason);
    return found;
  };

  it('each portrait of the demo shows one face, where it was drawn, and passes every gate', async () => {
    for (const [index, { name, bytes }] of portraits.slice(0, 12).entries()) {
      const found = await findingsOf(bytes);
      expect([name, judgePhoto(found, uncropped())]).toEqual([name, { verdict: 'accepted', reasons: [] }]);
      const [face] = found.faces ?? [];
      const spec = VARIANTS[index]?.spec;
      if (!face || !spec) throw new Error(name);
      const short = Math.min(spec.width, spec.height);
      const [x, y] = [0.5 + (spec.x * short) / spec.width, (spec.y * short) / spec.height];
      expect(Math.abs(face.left + face.width / 2 - x)).toBeLessThan(0.1);
      expect(Math.abs(face.top + face.height / 2 - y)).toBeLessThan(0.1);
    }
  });

  it('the mirrored one has its face on the other side', async () => {
    const [[face], [mirrored]] = [await findingsOf(portrait('02')), await findingsOf(portrait('13'))].map(
      ({ faces }) => faces ?? [],
    ) as [NonNullable<PhotoFindings['faces']>, NonNullable<PhotoFindings['faces']>];
    if (!face || !mirrored) throw new Error('no face');
    expect(mirrored.left + mirrored.width).toBeCloseTo(1 - face.left, 1);
  });

  it('no face, several faces, a face that is cut off, too small, too dark, too bright, blurred', async () => {
    const studio = sharp(portrait('01')).resize(800);
    const { height } = (await studio.clone().toBuffer({ resolveWithObject: true })).info;
    const whole = await studio.clone().png().toBuffer();
    const beside = sharp({ create: { width: 1600, height, channels: 3, background: '#9ab' } }).composite([
      { input: whole, left: 0, top: 0 },
      { input: whole, left: 800, top: 0 },
    ]);
    const far = sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#9ab' } }).composite([
      { input: await sharp(whole).resize(320).png().toBuffer(), left: 1000, top: 700 },
    ]);
    const pictures: [string, ReturnType<typeof sharp>][] = [
      ['no-face', sharp({ create: { width: 900, height: 900, channels: 3, background: '#9ab' } })],
      ['several-faces', beside],
      ['face-too-small', far],
      ['face-cut-off', sharp(whole).extract({ left: 420, top: 0, width: 380, height }).resize(760)],
      ['too-dark', sharp(whole).linear(0.2, 0)],
      ['too-bright', sharp(whole).linear(0.3, 185)],
      ['blurred', sharp(whole).blur(5)],
    ];
    for (const [reason, picture] of pictures) {
      const { reasons } = judgePhoto(await findingsOf(await picture.png().toBuffer()), uncropped());
      expect([reason, reasons]).toEqual([reason, expect.arrayContaining([reason])]);
    }
  });

  it('somebody small in the background is no second person', async () => {
    const whole = await sharp(portrait('04')).resize(1000).png().toBuffer();
    const bystander = await sharp(portrait('01')).resize(200).png().toBuffer();
    const picture = sharp(whole).composite([{ input: bystander, left: 790, top: 30 }]);
    const { faces } = await findingsOf(await picture.png().toBuffer());
    expect(faces).toHaveLength(1);
  });

  it('--crop subject: a square of head and shoulders, cut out of the photo itself', async () => {
    const bytes = portrait('10'); // 1800 × 2400
    const [whole, subject] = [await lookAt(bytes, 'whole'), await lookAt(bytes, 'subject')];
    expect(subject.findings).toEqual(whole.findings);
    const [pixels, cropped] = [await decode(whole.jpeg), await decode(subject.jpeg)];
    const corner = (data: Buffer) => [...data.subarray(0, 3)];
    expect(corner(pixels.data)).toEqual([255, 255, 255]);
    expect(Math.min(...corner(cropped.data))).toBeLessThan(245);
    const [face] = (await findingsOf(subject.jpeg)).faces ?? [];
    const [before] = whole.findings.faces ?? [];
    expect((face?.height ?? 0) / (before?.height ?? 1)).toBeGreaterThan(1.2); // 4/3 of it
  });

  it('without exactly one face nothing is cropped', async () => {
    const plain = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#9ab' } })
      .png()
      .toBuffer();
    expect((await lookAt(plain, 'subject')).jpeg.equals((await lookAt(plain, 'whole')).jpeg)).toBe(true);
  });

  it('gives the same answer at every look', async () => {
    const bytes = portrait('07');
    const [first, ...others] = [
      await lookAt(bytes, 'whole'),
      await lookAt(bytes, 'whole'),
      await lookAt(bytes, 'whole'),
    ];
    for (const other of others) expect(other).toEqual(first);
  });
});
