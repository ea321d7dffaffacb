import fc from 'fast-check';
import { DEFAULT_GATES } from '../../src/contract/gates';
import type { Judgement } from '../../src/contract/photo';
import { hashDistance } from '../../src/photos/fingerprint';
import { findTwins, type Candidate } from '../../src/photos/gates/find-twins';
import { findings } from './support/findings';

const GOOD: Judgement = { verdict: 'accepted', reasons: [] };
const BAD: Judgement = { verdict: 'rejected', reasons: ['no-face'] };

/** 16 digits with this many of 64 bits set, from the left. */
function bits(count: number): string {
  return (((1n << BigInt(count)) - 1n) << BigInt(64 - count)).toString(16).padStart(16, '0');
}

interface Sketch {
  content?: string;
  bits: number;
  mirrored?: number;
  sharpness?: number;
  judgement?: Judgement;
}

let number = 0;
function candidate({
  content,
  bits: set,
  mirrored = 64 - set,
  sharpness = 100,
  judgement = GOOD,
}: Sketch): Candidate {
  number += 1;
  return {
    contentHash: content ?? `content-${number}`,
    findings: findings({ hash: bits(set), mirroredHash: bits(mirrored), sharpness }),
    judgement,
  };
}

const twinsOf = (sketches: Sketch[], policy = DEFAULT_GATES) =>
  findTwins(sketches.map(candidate), policy).map(({ twin, judgement }) =>
    twin === null ? judgement.verdict : `${judgement.verdict} ${judgement.reasons.join()} of ${twin}`,
  );

test('of the same file the first one stays', () => {
  expect(
    twinsOf([{ content: 'a', bits: 0 }, { bits: 32 }, { content: 'a', bits: 0 }, { content: 'a', bits: 0 }]),
  ).toEqual(['accepted', 'accepted', 'rejected duplicate of 0', 'rejected duplicate of 0']);
});

test('up to ten bits of difference are the same picture, eleven are not', () => {
  expect(twinsOf([{ bits: 20 }, { bits: 30 }])).toEqual(['accepted', 'rejected near-duplicate of 0']);
  expect(twinsOf([{ bits: 20 }, { bits: 31 }])).toEqual(['accepted', 'accepted']);
});

test('the sharper one stays, wherever it is in the set', () => {
  expect(
    twinsOf([
      { bits: 20, sharpness: 100 },
      { bits: 20, sharpness: 101 },
    ]),
  ).toEqual(['rejected near-duplicate of 1', 'accepted']);
});

test('a mirror image is a twin too', () => {
  expect(
    twinsOf([
      { bits: 0, mirrored: 40 },
      { bits: 40, mirrored: 0, sharpness: 90 },
    ]),
  ).toEqual(['accepted', 'rejected near-duplicate of 0']);
});

test('what is rejected for itself is nobody’s twin, and takes no twin with it', () => {
  expect(twinsOf([{ bits: 20, judgement: BAD, sharpness: 500 }, { bits: 20 }])).toEqual([
    'rejected',
    'accepted',
  ]);
  expect(
    twinsOf([
      { content: 'a', bits: 20, judgement: BAD },
      { content: 'a', bits: 20, judgement: BAD },
    ]),
  ).toEqual(['rejected', 'rejected']);
});

test('warned and off', () => {
  const pair = [{ bits: 20 }, { bits: 20 }];
  expect(twinsOf(pair, { ...DEFAULT_GATES, 'near-duplicate': 'warn' })).toEqual([
    'accepted',
    'warned near-duplicate of 0',
  ]);
  expect(twinsOf(pair, { ...DEFAULT_GATES, 'near-duplicate': 'off' })).toEqual(['accepted', 'accepted']);
  const same = [
    { content: 'a', bits: 20 },
    { content: 'a', bits: 20 },
  ];
  expect(twinsOf(same, { ...DEFAULT_GATES, duplicate: 'warn' })).toEqual([
    'accepted',
    'warned duplicate of 0',
  ]);
});

test.each(['warn', 'off'] as const)(
  'with duplicates at %s, a copy does not stay in the place of its original that a sharper one has taken',
  (duplicate) => {
    const set = [
      { content: 'a', bits: 20 },
      { content: 'a', bits: 20 },
      { content: 'b', bits: 21, sharpness: 500 },
    ];
    const verdicts = twinsOf(set, { ...DEFAULT_GATES, duplicate });
    expect(verdicts[0]).toBe('rejected near-duplicate of 2');
    expect(verdicts[1]).toMatch(/^rejected .*near-duplicate of 2$/);
    expect(verdicts[2]).toBe('accepted');
  },
);

test('whatever the set: those that stay are no twins, each that goes has one that stays', () => {
  const sketch = fc.record({
    content: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    bits: fc.integer({ min: 0, max: 64 }),
    sharpness: fc.integer({ min: 0, max: 5 }),
    judgement: fc.constantFrom(GOOD, GOOD, BAD),
  });
  fc.assert(
    fc.property(fc.array(sketch, { maxLength: 12 }), (sketches) => {
      // The same content is the same picture.
      const first = new Map(sketches.map((one) => [one.content, one]));
      const candidates = sketches.map(({ content }) => candidate(first.get(content) ?? { bits: 0 }));
      const judged = findTwins(candidates, DEFAULT_GATES);
      const kept = judged.flatMap(({ judgement }, index) =>
        judgement.verdict === 'rejected' ? [] : [index],
      );
      const distance = (a: number, b: number) => {
        const [one, other] = [candidates[a]?.findings, candidates[b]?.findings];
        if (!one || !other) throw new Error('no findings');
        return Math.min(hashDistance(one.hash, other.hash), hashDistance(one.hash, other.mirroredHash));
      };
      for (const a of kept) for (const b of kept) if (a < b) expect(distance(a, b)).toBeGreaterThan(10);
      for (const [index, { twin }] of judged.entries()) {
        if (twin === null) continue;
        expect(twin).not.toBe(index);
        expect(candidates[twin]?.judgement.verdict).toBe('accepted');
        if (judged[index]?.judgement.reasons.includes('near-duplicate')) expect(kept).toContain(twin);
      }
    }),
  );
});
