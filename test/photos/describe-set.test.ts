import fc from 'fast-check';
import { DEFAULT_GATES, GATES } from '../../src/contract/gates';
import { leaveOut } from '../../src/contract/leave-out';
import type { PhotoVerdict } from '../../src/contract/photo';
import { uncropped } from './support/policy';
import { describeSet, remarksOf, savingSentence } from '../../src/photos/set/describe-set';

const verdict = (one: PhotoVerdict['verdict'], ...reasons: PhotoVerdict['reasons']): PhotoVerdict => ({
  photo: 'file:1',
  verdict: one,
  reasons,
  output: null,
});
const GOOD = verdict('accepted');
const GATED = verdict('rejected', 'no-face');
const terms = { creditsPerPhoto: 4, maxPhotos: null, policy: uncropped(), facesUnavailable: false };
const savedOf = (photos: PhotoVerdict[], maxPhotos: number | null = null) =>
  describeSet(leaveOut(photos, maxPhotos ?? Infinity), [], { ...terms, maxPhotos }).creditsSaved;
const many = (count: number, photo: PhotoVerdict) => Array.from({ length: count }, () => photo);

describe('what the gates save', () => {
  test.each<[string, PhotoVerdict[], number | null, number]>([
    ['each photo that a gate rejected', [GOOD, GATED, GATED], null, 8],
    ['nothing for one that could not be sent anyway', [GOOD, verdict('rejected', 'damaged')], null, 0],
    ['nothing where a gate only warns', [verdict('warned', 'blurred')], null, 0],
    ['nothing where as many are sent all the same', [...many(15, GOOD), ...many(5, GATED)], 10, 0],
    ['only the places that nobody took', [...many(8, GOOD), ...many(5, GATED)], 10, 8],
    ['nothing for a warned one that was left out', many(3, verdict('warned', 'blurred')), 2, 0],
  ])('%s', (_what, photos, max, credits) => {
    expect(savedOf(photos, max)).toBe(credits);
  });

  test('is the price with all gates off less the price with them, whatever the set', () => {
    const photo = fc
      .tuple(fc.constantFrom('rejected', 'warned', 'accepted'), fc.constantFrom(...GATES, 'damaged'))
      .map(([one, reason]) =>
        one === 'accepted' || (one === 'warned' && reason === 'damaged') ? GOOD : verdict(one, reason),
      );
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (photos, max) => {
        const readable = photos.filter(({ reasons }) => !reasons.includes('damaged')).length;
        const good = photos.filter((one) => one.verdict !== 'rejected').length;
        expect(savedOf(photos, max)).toBe(4 * (Math.min(readable, max) - Math.min(good, max)));
      }),
    );
  });

  test('is said in one sentence, and not at all where it is nothing', () => {
    expect(savingSentence(describeSet([GOOD, GATED], [], terms))).toBe(
      '1 photo rejected by the gates: 4 credits saved, 4 a photo',
    );
    expect(savingSentence(describeSet([GOOD], [], terms))).toBe('');
    expect(remarksOf(describeSet([GOOD, GATED], [], terms))[1]).toMatch(/4 credits saved/);
    expect(remarksOf(describeSet([GOOD], [], terms))).toHaveLength(1);
  });
});

test('a notice names the gates that could not be asked', () => {
  const gates = { ...DEFAULT_GATES, 'too-dark': 'off' } as const;
  expect(describeSet([], [], { ...terms, policy: uncropped(gates), facesUnavailable: true }).notices).toEqual(
    [
      "Faces were not looked for, so these gates are off: no-face, several-faces, face-too-small, face-cut-off, too-bright; on the worker's machine, darkroom doctor says why",
    ],
  );
});
