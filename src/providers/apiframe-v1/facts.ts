import type { ProviderFacts } from '../port';

/** https://docs.apiframe.ai/ai-photos/upload-and-prepare and https://docs.apiframe.ai/my-account/image-credits */
export const APIFRAME_FACTS: ProviderFacts = {
  title: 'APIFRAME',
  minPhotos: 10,
  maxPhotos: 30,
  uploadCredits: 2,
  trainingCreditsPerPhoto: 4,
  cancel: 'none',
  result: 'model',
  // Deliveries come with the first progress, and credits fall at once as far as is known; neither is documented.
  lookUpWindowMs: 15 * 60_000,
  // How long a training takes is not documented; the successor API names 15 to 25 minutes.
  defaultDeadlineMs: 6 * 3_600_000,
};
