import fc from 'fast-check';
import { CROPS } from '../../src/contract/gates';
import { coverageAdvice, type CoveredPhoto } from '../../src/photos/gates/coverage-advice';
import { face, findings } from './support/findings';

/** A square photo whose face is so large a part of it. */
function withFace(share: number, changes: Partial<CoveredPhoto> = {}): CoveredPhoto {
  const faces = [face({ width: share, height: share })];
  return {
    verdict: 'accepted',
    isTwin: false,
    findings: findings({ width: 900, height: 900, faces }),
    ...changes,
  };
}
const set = (count: number, share: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => withFace(share(index)));

test.each<[string, CoveredPhoto[], string]>([
  ['none', [], 'No photo is good enough to train with.'],
  [
    'few',
    set(3, () => 0.4),
    '3 good photos, faces of 40 % of the picture: a varied set has 12 to 20 photos, so add some in other light, dress and places.',
  ],
  [
    'only near ones',
    set(12, () => 0.4),
    '12 good photos, faces of 40 % of the picture: add some from further away, with shoulders or the whole figure.',
  ],
  [
    'only far ones',
    set(12, () => 0.15),
    '12 good photos, faces of 15 % of the picture: add some from nearer, where the face fills a third of the picture.',
  ],
  [
    'near and far',
    set(12, (index) => (index % 2 === 0 ? 0.15 : 0.4)),
    '12 good photos, faces of 15 to 40 % of the picture: near and far ones are there, a varied set.',
  ],
  [
    'nobody looked',
    set(12, () => 0.4).map((photo) => ({ ...photo, findings: findings({ faces: null }) })),
    '12 good photos: nobody looked for faces, so see for yourself that there are near and far ones.',
  ],
  [
    'mostly repetitions',
    [
      withFace(0.4),
      withFace(0.4, { isTwin: true, verdict: 'rejected' }),
      withFace(0.4, { isTwin: true, verdict: 'rejected' }),
    ],
    '1 good photo, 2 repetitions found, faces of 40 % of the picture: most photos repeat another one, so add pictures of other days and places.',
  ],
])('%s', (_what, photos, advice) => {
  expect(coverageAdvice(photos, 'whole')).toBe(advice);
});

test('cropped to the subject, all faces are as near as they are sent, and none is asked for from elsewhere', () => {
  const large = { width: 4000, height: 4000 };
  const photos = set(12, (index) => (index % 2 === 0 ? 0.15 : 0.4)).map((photo) => ({
    ...photo,
    findings: photo.findings === null ? null : { ...photo.findings, ...large },
  }));
  expect(coverageAdvice(photos, 'subject')).toBe(
    '12 good photos, faces of 33 to 40 % of the picture: they are cropped to head and shoulders, so see that light and places differ.',
  );
});

test('it is one sentence, whatever the set', () => {
  const photo = fc.record({
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    isTwin: fc.boolean(),
    verdict: fc.constantFrom('accepted', 'warned', 'rejected'),
  });
  fc.assert(
    fc.property(fc.array(photo, { maxLength: 30 }), fc.constantFrom(...CROPS), (photos, crop) => {
      const advice = coverageAdvice(
        photos.map(({ share, ...rest }) => withFace(share, rest as Partial<CoveredPhoto>)),
        crop,
      );
      expect(advice).toMatch(/^[A-Z0-9][^.]*\.$/);
    }),
  );
});
