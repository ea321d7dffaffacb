import type { Intent } from '../../src/submissions/entries';

/** The record that is written before a call, of a call at APIFRAME that may have started. */
export function anIntent(of: Pick<Intent, 'id' | 'requestHash'> & Partial<Intent>): Intent {
  const { atMs = Date.now() } = of;
  return {
    kind: 'intent',
    attempt: 1,
    provider: 'apiframe',
    account: 'main',
    photoSet: null,
    expectedCredits: 48,
    creditsBefore: null,
    call: null,
    token: 't',
    webhookSecret: null,
    overAtMs: atMs,
    atMs,
    ...of,
  };
}
