import fc from 'fast-check';
import { GATE_LEVELS, GATES, type Crop, type GatePolicy } from '../../src/contract/gates';
import type { PhotoFindings } from '../../src/photos/findings';
import { judgePhoto } from '../../src/photos/gates/judge-photo';
import { face, findings } from './support/findings';
import { uncropped } from './support/policy';

const REJECT_ALL = Object.fromEntries(GATES.map((gate) => [gate, 'reject'])) as GatePolicy;
const judged = (changes: Partial<PhotoFindings>, crop: Crop = 'whole') => {
  const { verdict, reasons } = judgePhoto(findings(changes), { gates: REJECT_ALL, crop });
  return [verdict, ...reasons].join(' ');
};

test('a good portrait passes every gate', () => {
  expect(judged({})).toBe('accepted');
});

describe('each gate has its line, and what is just on the good side passes', () => {
  test.each<[Partial<PhotoFindings>, string]>([
    [{ width: 512, height: 4000, faces: [face({ left: 0.05, width: 0.9 })] }, 'accepted'],
    [{ width: 511, height: 4000, faces: [face({ left: 0.05, width: 0.9 })] }, 'rejected too-small'],
    [{ width: 4000, height: 511 }, 'rejected too-small'],
    [{ faceClarity: { sharpness: 50, brightness: 120 } }, 'accepted'],
    [{ faceClarity: { sharpness: 49.9, brightness: 120 } }, 'rejected blurred'],
    [{ faceClarity: { sharpness: 300, brightness: 50 } }, 'accepted'],
    [{ faceClarity: { sharpness: 300, brightness: 49.9 } }, 'rejected too-dark'],
    [{ faceClarity: { sharpness: 300, brightness: 215 } }, 'accepted'],
    [{ faceClarity: { sharpness: 300, brightness: 215.1 } }, 'rejected too-bright'],
    [{ faces: [] }, 'rejected no-face'],
    [{ faces: [face(), face({ left: 0 })] }, 'rejected several-faces'],
    [{ width: 1000, height: 1000, faces: [face({ width: 0.1, height: 0.05 })] }, 'accepted'],
    [{ width: 1000, height: 1000, faces: [face({ width: 0.099, height: 0.05 })] }, 'rejected face-too-small'],
    [{ faces: [face({ left: -0.03 })] }, 'accepted'],
    [{ faces: [face({ left: -0.05 })] }, 'rejected face-cut-off'],
    [{ faces: [face({ left: 0.75 })] }, 'rejected face-cut-off'],
    [{ faces: [face({ top: -0.05 })] }, 'rejected face-cut-off'],
    [{ faces: [face({ top: 0.85 })] }, 'rejected face-cut-off'],
  ])('%j: %s', (changes, expected) => {
    expect(judged(changes)).toBe(expected);
  });
});

describe('a photo that is cropped is judged as it will be sent', () => {
  const far = { width: 4000, height: 3000, faces: [face({ width: 0.05, height: 0.06 })] };

  test('a face that is small in the whole picture is not in its square', () => {
    expect(judged(far)).toBe('rejected face-too-small');
    expect(judged(far, 'subject')).toBe('accepted');
  });

  test('no square is smaller than a photo may be, so a very far face stays small in it', () => {
    expect(judged({ ...far, faces: [face({ width: 0.012, height: 0.012 })] }, 'subject')).toBe(
      'rejected face-too-small',
    );
  });

  test('several faces are not cropped, nor is a picture that is too small itself', () => {
    expect(judged({ ...far, faces: [face(), face()] }, 'subject')).toBe('rejected several-faces');
    expect(judged({ width: 600, height: 500 }, 'subject')).toBe('rejected too-small');
  });
});

describe('what is not known is not judged', () => {
  test('where nobody looked for faces, no face is missed, and light is not judged', () => {
    expect(judged({ faces: null, brightness: 20 })).toBe('accepted');
  });

  test('a whole picture is called blurred later than a face', () => {
    expect(judged({ faces: null, sharpness: 25 })).toBe('accepted');
    expect(judged({ faces: null, sharpness: 24.9 })).toBe('rejected blurred');
  });

  test('of a picture without a face nothing more is said', () => {
    expect(judged({ faces: [], sharpness: 0 })).toBe('rejected no-face');
  });
});

test('only the first of several pictures in a file is used, and that is said whatever the gates are', () => {
  expect(judged({ pages: 2 })).toBe('warned first-frame-only');
  expect(judged({ pages: 2, faces: [] })).toBe('rejected no-face first-frame-only');
});

const share = fc.double({ min: -0.5, max: 1.5, noNaN: true });
const anyFace = fc.record({
  left: share,
  top: share,
  width: fc.double({ min: 0.01, max: 1, noNaN: true }),
  height: fc.double({ min: 0.01, max: 1, noNaN: true }),
});
const anyFindings = fc
  .record({
    width: fc.integer({ min: 1, max: 20_000 }),
    height: fc.integer({ min: 1, max: 20_000 }),
    pages: fc.integer({ min: 1, max: 3 }),
    sharpness: fc.double({ min: 0, max: 10_000, noNaN: true }),
    faceClarity: fc.record({
      sharpness: fc.double({ min: 0, max: 10_000, noNaN: true }),
      brightness: fc.double({ min: 0, max: 255, noNaN: true }),
    }),
    faces: fc.option(fc.array(anyFace, { maxLength: 3 })),
  })
  .map((changes) => findings(changes));
const anyPolicy = fc.record(
  Object.fromEntries(GATES.map((gate) => [gate, fc.constantFrom(...GATE_LEVELS)])),
) as fc.Arbitrary<GatePolicy>;

describe('whatever is found and whatever the policy', () => {
  test('a gate that is off is no reason, a photo is rejected exactly if a rejecting gate says so', () => {
    fc.assert(
      fc.property(anyFindings, anyPolicy, (found, policy) => {
        const { verdict, reasons } = judgePhoto(found, uncropped(policy));
        const levels = reasons.map((reason) =>
          reason in policy ? policy[reason as keyof GatePolicy] : 'warn',
        );
        expect(levels).not.toContain('off');
        const expected = levels.includes('reject') ? 'rejected' : levels.length > 0 ? 'warned' : 'accepted';
        expect(verdict).toBe(expected);
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  test('a milder policy never makes a verdict worse', () => {
    const rank = { accepted: 0, warned: 1, rejected: 2 };
    fc.assert(
      fc.property(anyFindings, anyPolicy, fc.constantFrom(...GATES), (found, policy, gate) => {
        const strict = judgePhoto(found, uncropped({ ...policy, [gate]: 'reject' }));
        const mild = judgePhoto(found, uncropped({ ...policy, [gate]: 'warn' }));
        const off = judgePhoto(found, uncropped({ ...policy, [gate]: 'off' }));
        expect(rank[mild.verdict]).toBeLessThanOrEqual(rank[strict.verdict]);
        expect(rank[off.verdict]).toBeLessThanOrEqual(rank[mild.verdict]);
      }),
    );
  });

  test('the default policy never warns without a reason', () => {
    fc.assert(
      fc.property(anyFindings, (found) => {
        const { verdict, reasons } = judgePhoto(found, uncropped());
        expect(verdict === 'accepted').toBe(reasons.length === 0);
      }),
    );
  });
});
