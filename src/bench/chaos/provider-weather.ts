import type { RandomFaults } from '../../sandbox/random-faults';
import type { FaultEndpoint } from '../../sandbox/faults';

const PAID = [
  'reset-before',
  'reset-after',
  'error-before:status=503',
  'error-after:status=502',
  'error-after:status=408',
  'cut-answer',
  'garbage-after',
  'hang-after',
  'hang-before',
  'busy',
  'refuse',
  'slow:delayMs=700',
];
const READS = ['error-before', 'reset-before', 'busy:retryAfterS=none', 'slow:delayMs=500', 'garbage-after'];

/** How the provider behaves for one seed: a third of the paid calls and a sixth of all others go wrong. */
export function weather(seed: number): RandomFaults[] {
  const rule = (endpoint: FaultEndpoint, share: number, kinds: string[], salt: number): RandomFaults => ({
    endpoint,
    seed: seed * 16 + salt,
    share,
    kinds,
  });
  return [
    rule('train', 0.35, [...PAID, 'no-id-after', 'fail-later', 'fail-then-retry'], 1),
    rule('tryiton-train', 0.35, PAID, 2),
    rule('upload', 0.15, ['reset-before', 'reset-after', 'error-before:status=503', 'busy'], 3),
    rule('tryiton-upload', 0.02, ['reset-before', 'error-before:status=503', 'busy'], 4),
    rule('fetch', 0.15, [...READS, 'odd-word', 'percent-back', 'forgotten'], 5),
    rule('tryiton-models', 0.15, READS, 6),
    rule('tryiton-results', 0.15, READS, 7),
  ];
}
