import type { ProviderFacts } from '../port';

/** https://api.tryitonai.com/api-reference/getting-started/how-it-works */
export const TRYITON_FACTS: ProviderFacts = {
  title: 'TryItOn',
  // No number of images is documented. One is what the wording needs, 50 keeps a mistake from becoming a big upload.
  minPhotos: 1,
  maxPhotos: 50,
  // The model is bought beforehand, and the training uses it up.
  uploadCredits: 0,
  trainingCreditsPerPhoto: 0,
  cancel: 'none',
  result: 'images',
  // "is_used turns true once training begins", and how long that may take is not said.
  lookUpWindowMs: 30 * 60_000,
  // A training takes up to 24 h.
  defaultDeadlineMs: 30 * 3_600_000,
};
