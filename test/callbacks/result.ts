import type { TrainResult } from '../../src/contract/result';

export const RESULT: TrainResult = {
  id: 'order-1',
  state: 'succeeded',
  provider: 'apiframe',
  subject: 's-1',
  trainingId: 't-1',
  triggerWord: null,
  results: [],
  credits: { reserved: 0, spent: 50 },
  charge: 'charged',
  photos: [],
  photoSummary: null,
  failure: null,
};
