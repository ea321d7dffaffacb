import type { GivenFault } from './faults';
import type { RandomFaults } from './random-faults';

export interface ReadyProfile {
  what: string;
  faults?: readonly GivenFault[];
  random?: readonly RandomFaults[];
}

/** Days that a provider has, ready to try a set-up against. */
export const PROFILES = {
  'lost-answers': {
    what: 'every training starts, and no answer to its submission arrives',
    random: [
      {
        endpoint: 'train',
        seed: 1,
        share: 1,
        kinds: ['reset-after', 'error-after:status=502', 'cut-answer', 'garbage-after'],
      },
    ],
  },
  'flaky-hour': {
    what: 'a third of all calls fail in some way',
    random: [
      {
        endpoint: 'upload',
        seed: 2,
        share: 0.33,
        kinds: ['error-before:status=503', 'reset-before', 'busy', 'reset-after'],
      },
      {
        endpoint: 'train',
        seed: 3,
        share: 0.33,
        kinds: ['error-before:status=503', 'reset-before', 'busy', 'reset-after'],
      },
      {
        endpoint: 'fetch',
        seed: 4,
        share: 0.33,
        kinds: ['error-before', 'reset-before', 'busy:retryAfterS=none', 'slow'],
      },
    ],
  },
  overloaded: {
    what: 'submissions are refused ten times with 429, and answers are slow',
    faults: [{ endpoint: 'train', kind: 'busy', times: 10 }],
    random: [{ endpoint: 'fetch', seed: 5, share: 0.5, kinds: ['slow:delayMs=5000'] }],
  },
  'change-of-mind': {
    what: 'a training fails, retries and finishes; percentages fall; words are odd',
    faults: [{ endpoint: 'train', kind: 'fail-then-retry', times: 1000 }],
    random: [{ endpoint: 'fetch', seed: 6, share: 0.5, kinds: ['percent-back', 'odd-word'] }],
  },
  silent: {
    what: 'no poll is answered for ten minutes',
    faults: [{ endpoint: 'fetch', kind: 'silence', forMs: 600_000 }],
  },
  forgetful: {
    what: 'the second to sixth poll gets a 404, and the first upload has expired when it is used',
    faults: [
      { endpoint: 'fetch', kind: 'forgotten', nth: 4, times: 5 },
      { endpoint: 'train', kind: 'expired' },
    ],
  },
} as const satisfies Record<string, ReadyProfile>;
