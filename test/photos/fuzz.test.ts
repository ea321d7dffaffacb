import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PHOTO_REASONS } from '../../src/contract/photo';
import { sharp } from '../../src/photos/decoder';
import { judgePhoto } from '../../src/photos/gates/judge-photo';
import type { PhotoPool } from '../../src/photos/process/photo-pool';
import { withTrack } from './support/heif-track';
import { fromPixels, unlikeCorners, withRightSums } from './support/pictures';
import { uncropped } from './support/policy';
import { look, realPool, WITH_FACES } from './support/pool';

/** Chosen once; another number finds other files, and one that fails is printed with the file's mutation. */
const SEED = 20_261_122;
const FILES_PER_FORMAT = 60;

/** Where in the file, in shares of its length, and what is done there. */
type Mutation =
  | { kind: 'set'; at: number; bytes: number[] }
  | { kind: 'cut'; at: number }
  | { kind: 'remove'; at: number; count: number }
  | { kind: 'insert'; at: number; bytes: number[] }
  | { kind: 'repeat'; at: number; count: number };

const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }));
const bytes = fc.array(byte, { minLength: 1, maxLength: 8 });
/** Without fast-check's bias to the ends, or nearly all would break the first byte and be no pictures at all. */
const share = (to: number) =>
  fc.noBias(fc.integer({ min: 0, max: 10_000 })).map((part) => (part / 10_000) * to);
/** Headers lie at the beginning, and most of what can be got wrong is in them. */
const place = fc.oneof(share(0.05), share(1), share(1));
const count = fc.integer({ min: 1, max: 200 });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set'), at: place, bytes }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cut'), at: share(1) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), at: place, count }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('insert'), at: place, bytes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat'), at: place, count }) },
);

function mutated(file: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce<Buffer>((before, change) => {
    const at = Math.floor(change.at * before.length);
    const [head, tail] = [before.subarray(0, at), before.subarray(at)];
    switch (change.kind) {
      case 'set':
        return Buffer.concat([head, Buffer.from(change.bytes), tail.subarray(change.bytes.length)]);
      case 'cut':
        return Buffer.from(head);
      case 'remove':
        return Buffer.concat([head, tail.subarray(change.count)]);
      case 'insert':
        return Buffer.concat([head, Buffer.from(change.bytes), tail]);
      case 'repeat':
        return Buffer.concat([head, tail.subarray(0, change.count), tail]);
    }
  }, file);
}

const picture = fromPixels(unlikeCorners(300, 220));
const FORMATS: [string, () => Promise<Buffer>][] = [
  [
    'jpeg',
    () =>
      picture
        .clone()
        .withExif({ IFD0: { Artist: 'x' } })
        .withIccProfile('p3')
        .jpeg()
        .toBuffer(),
  ],
  ['progressive jpeg', () => picture.clone().jpeg({ progressive: true }).toBuffer()],
  ['png', () => picture.clone().png().toBuffer()],
  ['interlaced png', () => picture.clone().png({ progressive: true, palette: true }).toBuffer()],
  ['webp', () => picture.clone().webp().toBuffer()],
  ['lossless webp', () => picture.clone().webp({ lossless: true }).toBuffer()],
  ['avif', () => picture.clone().avif({ effort: 0 }).toBuffer()],
  [
    'animated avif',
    async () => withTrack(await picture.clone().avif({ effort: 0 }).toBuffer(), 'pict', 'avif'),
  ],
  ['tiff', () => picture.clone().tiff({ compression: 'lzw' }).toBuffer()],
  [
    'tiled tiff',
    () => picture.clone().tiff({ compression: 'deflate', tile: true, pyramid: true }).toBuffer(),
  ],
  ['heic', () => Promise.resolve(readFileSync(path.join(__dirname, 'support/heic/transparent.heic')))],
];

describe('mutated files', () => {
  let folder: string;
  let pool: PhotoPool;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-fuzz-'));
    pool = realPool({ timeMs: 10_000 }, 2);
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(FORMATS)('%s: each gets one verdict, and none goes wrong in our own code', async (format, make) => {
    const whole = await make();
    const plans = fc.sample(fc.array(mutation, { minLength: 1, maxLength: 2 }), {
      seed: SEED,
      numRuns: FILES_PER_FORMAT,
    });
    const looks = await Promise.all(
      plans.map(async (mutations, number) => {
        const file = path.join(folder, `${format}-${number}`);
        writeFileSync(file, withRightSums(mutated(whole, mutations)));
        const answer = await look(pool, file, WITH_FACES);
        const problem = await problemOf(answer);
        return {
          isPicture: isPicture(answer),
          problems: problem === null ? [] : [`${problem}: ${JSON.stringify(mutations)}`],
        };
      }),
    );
    expect(looks.flatMap(({ problems }) => problems)).toEqual([]);
    // Were all of them refused at the door, nothing would have been tried.
    const pictures = looks.filter(({ isPicture }) => isPicture).length;
    expect(pictures).toBeGreaterThan(FILES_PER_FORMAT / 2);
  });
});

function isPicture(answer: Awaited<ReturnType<typeof look>>): boolean {
  if (answer.kind !== 'examined') return true; // a process ended over it
  return answer.examined.readable || answer.examined.reason === 'damaged';
}

async function problemOf(answer: Awaited<ReturnType<typeof look>>): Promise<string | null> {
  switch (answer.kind) {
    case 'deadly':
      // A decoder may crash on such a file; that is what the processes are for. Our own code may not.
      return answer.words.startsWith('a photo process ended') ? null : answer.words;
    case 'examined': {
      if (!answer.examined.readable)
        return PHOTO_REASONS.includes(answer.examined.reason) ? null : 'no such reason';
      const { findings, jpeg } = answer.examined;
      const { width, height, format } = await sharp(jpeg).metadata();
      if (width !== 640 || height !== 640 || format !== 'jpeg') return `${width}×${height} ${format}`;
      const { verdict } = judgePhoto(findings, uncropped());
      return ['accepted', 'warned', 'rejected'].includes(verdict) ? null : verdict;
    }
    default:
      return answer.kind;
  }
}
