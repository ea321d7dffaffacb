export const FAULT_ENDPOINTS = [
  'upload',
  'train',
  'fetch',
  'fetch-many',
  'account',
  'tryiton-upload',
  'tryiton-train',
  'tryiton-models',
  'tryiton-results',
] as const;
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

/** What each fault does to a call. "Recorded" means that it has taken effect, and is charged where it costs. */
export const FAULT_KINDS = {
  refuse: '400 with a reason; nothing recorded',
  unauthorized: '401 with an empty object; nothing recorded',
  busy: '429 with Retry-After: 1 (retryAfterS=N, or none); nothing recorded',
  'error-before': '500 (status=N) with an empty object; nothing recorded',
  'error-after': 'recorded, then 500 (status=N)',
  'reset-before': 'the connection is reset; nothing recorded',
  'reset-after': 'recorded, then the connection is reset without an answer',
  'hang-before': 'no answer ever; nothing recorded',
  'hang-after': 'recorded, then no answer ever',
  'cut-answer': 'recorded, then half an answer and a reset',
  'garbage-after': 'recorded, then a 200 that is not JSON',
  'no-id-after': 'recorded, then a 200 with an empty object',
  'huge-after': 'recorded, then a 200 of 2 MiB',
  slow: 'recorded, then answered 2 s late (delayMs=N)',
  silence: 'no answer to any call for an hour (forMs=N); nothing recorded',
  'fail-later': 'accepted, and fails half way',
  'fail-then-retry': 'accepted; the first look says failed, the second retrying, then it goes on',
  expired: 'refused, because the upload has expired',
  forgotten: '404, as if the task had never been',
  'half-missing': 'every other task is left out of the answer',
  'odd-word': 'a status word that is documented nowhere',
  'percent-back': 'a lower percentage than before',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;
/** Kinds that mean something at these endpoints only. Elsewhere they would change nothing, and a test prove nothing. */
export const ONLY_AT: Partial<Record<FaultKind, readonly FaultEndpoint[]>> = {
  'fail-later': ['upload', 'train'],
  'fail-then-retry': ['train'],
  expired: ['train', 'tryiton-train'],
  forgotten: ['fetch', 'fetch-many', 'tryiton-models'],
  'half-missing': ['fetch-many'],
  'odd-word': ['fetch'],
  'percent-back': ['fetch'],
};
