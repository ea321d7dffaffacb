import type { PhotoReason } from '../contract/photo';
import { maxPhotoBytes, shortSidePx } from './limits';

/** What is the matter, and what a person can do. A reason without a sentence does not compile. */
export const REASON_SENTENCES: Record<PhotoReason, string> = {
  'not-found': 'There is no file at this reference; check the path below the photos folder.',
  'outside-root': 'The reference leads out of the photos folder; put the photo below that folder.',
  unreadable: 'The file could not be opened; check its permissions and that it is a plain file.',
  empty: 'The file has no bytes; copy it again from where it came from.',
  'not-an-image': 'This is not a picture, whatever its name says; choose another file.',
  'unsupported-format':
    'This format is not read (HEIC, GIF, SVG, PDF, BMP, camera raw ...); export it as JPEG.',
  damaged: 'The file breaks off or is damaged inside; copy or export it again.',
  'too-many-bytes': `The file is larger than ${maxPhotoBytes / 1024 ** 2} MiB; export it smaller, as JPEG.`,
  'too-many-pixels': 'The picture has more pixels than is safe to decode; export it below 25 megapixels.',
  'too-small': `The short side has less than ${shortSidePx.reject} pixels; use the original, not a thumbnail.`,
  small: `The short side has less than ${shortSidePx.warn} pixels, so it is not sharp; use the original if there is one.`,
  'first-frame-only':
    'The file holds several pictures and only the first is used; export the one that is meant.',
  'over-max-photos':
    'The training already has as many photos as it takes; leave out a weaker one to make room.',
};
