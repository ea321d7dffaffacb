import { GATES } from './gates';

/**
 * A reference to one input picture, never its bytes: `file:` and a path below the configured photos folder,
 * `s3://BUCKET/KEY`, or an `https:` link; buckets and hosts are those that the worker's configuration names.
 * Whoever picks it keeps personal data out of it, because references stand in Temporal's history. So does what a link has
 * behind its "?": where that is a signature, let it expire soon.
 */
export type PhotoRef = string;

/**
 * Why a photo was warned about or rejected. The sentence for each stands in `docs/photos.md`. `small` is of an older
 * release, and stands in results of that time.
 */
export const PHOTO_REASONS = [
  'not-found',
  'outside-root',
  'not-allowed',
  'forbidden-address',
  'too-many-redirects',
  'not-served',
  'unreadable',
  'changed',
  'empty',
  'not-an-image',
  'unsupported-format',
  'damaged',
  'too-many-bytes',
  'too-many-pixels',
  'too-slow',
  'too-much-memory',
  'crashes-decoder',
  ...GATES,
  'small',
  'first-frame-only',
  'over-max-photos',
] as const;
export type PhotoReason = (typeof PHOTO_REASONS)[number];

/** What was decided about a picture by looking at its bytes alone. */
export interface Judgement {
  verdict: 'accepted' | 'warned' | 'rejected';
  reasons: PhotoReason[];
}

/**
 * What was decided about one photo of a request, in their order. `photo` is the reference as it may be shown, without what
 * a link has behind its "?". `output` is the storage key of the normalized JPEG.
 */
export interface PhotoVerdict extends Judgement {
  photo: PhotoRef;
  output: string | null;
  /** The photo of the same request that this one repeats. */
  twin?: PhotoRef | undefined;
}
