import type { LookUpVerdict } from '../port';

/**
 * What the balance says of one submission, where nothing else has moved it: trainings are charged when they start
 * (https://docs.apiframe.ai/my-account/image-credits). Any other difference than none and the whole price proves
 * nothing: a top-up, a refund, a changed price.
 */
export function balanceEvidence(before: number, now: number, expected: number): LookUpVerdict {
  const spent = before - now;
  const words = `the balance was ${before} before and is ${now}, and the training costs ${expected}`;
  if (expected > 0 && spent === expected) return { verdict: 'started', trainingId: null, words };
  if (expected > 0 && spent === 0) return { verdict: 'not-seen', words };
  return { verdict: 'no-proof', words };
}
