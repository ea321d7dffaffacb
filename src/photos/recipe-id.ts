import { decoderVersion } from './decoder';
import { faceDetectorVersion } from './faces/mediapipe';
import { heicVersion } from './heic/libheif';
import { RECIPE } from './recipe';

/**
 * The name of this way to look at photos, for storage keys: `r4-vips8.18.7-heif1.23.2-faces…`. The libraries belong to
 * it because outputs are byte-identical within one version only, and because a photo that could not be read without
 * one may be read with it. `none`: left out at installation.
 */
export function recipeId(): string {
  const heif = heicVersion() ?? 'none';
  return `r${RECIPE.revision}-vips${decoderVersion}-heif${heif}-faces${faceDetectorVersion() ?? 'none'}`;
}
