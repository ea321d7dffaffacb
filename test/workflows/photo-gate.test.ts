import fc from 'fast-check';
import type { PhotoVerdict } from '../../src/contract/photo';
import { decideGate } from '../../src/workflows/photo-gate';

const LIMITS = { title: 'APIFRAME', minPhotos: 10, maxPhotos: 30 };
const good = (photo: string): PhotoVerdict => ({
  photo,
  verdict: 'accepted',
  reasons: [],
  output: `normalized/${photo}`,
});
const bad = (photo: string): PhotoVerdict => ({
  photo,
  verdict: 'rejected',
  reasons: ['damaged'],
  output: null,
});

const photosFrom = (flags: boolean[]) =>
  flags.map((isGood, index) => (isGood ? good : bad)(`p${String(index)}`));
const anyPhotos = fc.array(fc.boolean(), { maxLength: 60, size: 'max' }).map(photosFrom);
const enoughPhotos = fc
  .array(fc.boolean(), { maxLength: 50, size: 'max' })
  .map((flags) => photosFrom([...flags, ...Array.from({ length: 10 }, () => true)]));
const countGood = (photos: readonly PhotoVerdict[]) =>
  photos.filter(({ verdict }) => verdict !== 'rejected').length;

describe('the gate before money', () => {
  it('opens exactly where the number of good photos fits', () => {
    fc.assert(
      fc.property(anyPhotos, (photos) => {
        const count = countGood(photos);
        const expected = count < 10 ? 'too-few' : count > 30 ? 'too-many' : 'open';
        expect(decideGate(photos, LIMITS, null).gate).toBe(expected);
      }),
    );
  });

  it('keeps every verdict in its place, and the first good ones up to the chosen number', () => {
    fc.assert(
      fc.property(enoughPhotos, fc.integer({ min: 10, max: 30 }), (photos, max) => {
        const decision = decideGate(photos, LIMITS, max);
        if (decision.gate !== 'open') throw new Error(`the gate is ${decision.gate}`);
        expect(decision.photos.map(({ photo }) => photo)).toEqual(photos.map(({ photo }) => photo));
        expect(countGood(decision.photos)).toBe(Math.min(countGood(photos), max));
      }),
    );
  });

  it('says how many are missing', () => {
    const photos = [good('a'), bad('b'), good('c')];
    expect(decideGate(photos, LIMITS, null)).toEqual({
      gate: 'too-few',
      missing: 8,
      message:
        'APIFRAME needs at least 10 good photos and 2 of 3 are good, so add 8 more; rejected: b (damaged)',
    });
  });
});
