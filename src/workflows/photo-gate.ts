import { leaveOut } from '../contract/leave-out';
import type { PhotoVerdict } from '../contract/photo';

export interface PhotoLimits {
  title: string;
  minPhotos: number;
  maxPhotos: number;
}

export type GateDecision =
  | { gate: 'open'; photos: PhotoVerdict[] }
  | { gate: 'too-few'; missing: number; message: string }
  | { gate: 'too-many'; message: string };

/**
 * Decides before anything is paid whether a photo set may go on. Pure. Photos over `chosenMax` are left out with a
 * reason of their own; without it, too many photos are an error, because each costs and nobody said which.
 */
export function decideGate(
  verdicts: readonly PhotoVerdict[],
  limits: PhotoLimits,
  chosenMax: number | null,
): GateDecision {
  const photos = leaveOut(verdicts, chosenMax ?? Infinity);
  const good = photos.filter(({ verdict }) => verdict !== 'rejected').length;
  if (good < limits.minPhotos) {
    const missing = limits.minPhotos - good;
    return { gate: 'too-few', missing, message: tooFew(good, missing, photos, limits) };
  }
  if (good > limits.maxPhotos) return { gate: 'too-many', message: tooMany(good, limits) };
  return { gate: 'open', photos };
}

function tooFew(good: number, missing: number, photos: readonly PhotoVerdict[], limits: PhotoLimits): string {
  const rejected = photos
    .filter(({ verdict }) => verdict === 'rejected')
    .map(({ photo, reasons }) => `${photo} (${reasons.join(', ')})`);
  const why = rejected.length === 0 ? '' : `; rejected: ${rejected.join(', ')}`;
  return `${limits.title} needs at least ${limits.minPhotos} good photos and ${good} of ${photos.length} are good, so add ${missing} more${why}`;
}

function tooMany(good: number, { title, maxPhotos }: PhotoLimits): string {
  return `${good} photos are good and ${title} takes at most ${maxPhotos}; leave ${good - maxPhotos} out, or choose the first ones with maxPhotos (--max-photos ${maxPhotos})`;
}
