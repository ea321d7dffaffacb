import type { PhotoReason } from '../contract/photo';
import { THRESHOLDS } from './gates/thresholds';
import { maxPhotoBytes } from './limits';

/** What is the matter, and what a person can do. A reason without a sentence does not compile. */
export const REASON_SENTENCES: Record<PhotoReason, string> = {
  'not-found': 'There is no file at this reference; check the path, the key or the link.',
  'outside-root': 'The reference leads out of the photos folder; put the photo below that folder.',
  'not-allowed':
    'Photos are not read from this bucket or host; use one that the worker is set up for, or have it added there.',
  'forbidden-address':
    'The link leads to an address inside of a network, not on the internet; use a link that everybody can open.',
  'too-many-redirects':
    'The link leads on to another one, more than three times; use the one that it ends at.',
  'not-served':
    'The picture is not handed out (the link has expired, needs a login or has a bad certificate); make another link.',
  unreadable: 'The file could not be opened; check its permissions and that it is a plain file.',
  changed: 'The file was changed while it was looked at; start again when nobody writes to it.',
  empty: 'The file has no bytes; copy it again from where it came from.',
  'not-an-image': 'This is not a picture, whatever its name says; choose another file.',
  'unsupported-format':
    'This format is not read (GIF, SVG, PDF, BMP, camera raw, HDR ...); export it as JPEG.',
  damaged: 'The file breaks off or is damaged inside; copy or export it again.',
  'too-many-bytes': `The file is larger than ${maxPhotoBytes / 1024 ** 2} MiB; export it smaller, as JPEG.`,
  'too-many-pixels': 'The picture has more pixels than is safe to decode; export it below 25 megapixels.',
  'too-slow':
    'Decoding took too long, twice, and was stopped; open the picture and export it again, as JPEG.',
  'too-much-memory':
    'Decoding took too much memory, twice, and was stopped; open the picture and export it again, as JPEG.',
  'crashes-decoder':
    'Decoding it failed in a way that no picture should, twice; open the picture and export it again, as JPEG.',
  'too-small': `The short side has less than ${THRESHOLDS.minShortSidePx} pixels; use the original, not a thumbnail or a message's copy.`,
  duplicate: 'The same file is in the set already; leave one of them out, each one is paid.',
  'near-duplicate':
    'Nearly the same picture is in the set already, and that one is sharper; take one of another moment.',
  blurred: 'The face, or the picture where nobody looked for faces, is blurred; take a sharper one.',
  'too-dark': 'The face is too dark to learn from; take one with more light on the face.',
  'too-bright': 'The face is too bright to learn from; take one with less light on the face.',
  'no-face':
    'No face is seen in it; choose a picture that shows the face from the front or half from the side.',
  'several-faces': 'More than one face is seen, and the model would learn both; crop it to one person.',
  'face-too-small': `The face takes less than ${THRESHOLDS.minFaceShare * 100} % of the picture; crop it, or take one from nearer (--crop subject crops all).`,
  'face-cut-off': 'The face reaches over the edge of the picture; choose one that shows all of it.',
  small: 'The short side has less than 512 pixels, so it is not sharp; use the original if there is one.',
  'first-frame-only':
    'The file holds several pictures and only the first, in HEIC the main one, is used; export the one that is meant.',
  'over-max-photos':
    'The training already has as many photos as it takes; leave out a weaker one to make room.',
};
