import type { ProviderName, TrainRequest } from '../contract/request';
import { APIFRAME_FACTS } from '../providers/apiframe-v1/facts';
import type { ProviderFacts } from '../providers/port';
import { TRYITON_FACTS } from '../providers/tryiton/facts';

export const FACTS: Readonly<Record<ProviderName, ProviderFacts>> = {
  apiframe: APIFRAME_FACTS,
  tryiton: TRYITON_FACTS,
};

/** What one training of so many photos costs, its upload included. */
export function creditsFor(provider: ProviderName, photos: number): number {
  const { uploadCredits, trainingCreditsPerPhoto } = FACTS[provider];
  return uploadCredits + photos * trainingCreditsPerPhoto;
}

/** What it costs if every photo is good: before anybody has looked, this is all that is known. */
export function mostCredits({
  provider,
  photos,
  maxPhotos = Infinity,
}: Pick<TrainRequest, 'provider' | 'photos' | 'maxPhotos'>): number {
  return creditsFor(provider, Math.min(photos.length, maxPhotos, FACTS[provider].maxPhotos));
}
