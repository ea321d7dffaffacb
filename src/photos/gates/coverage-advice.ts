import type { PhotoVerdict } from '../../contract/photo';
import type { Crop } from '../../contract/gates';
import { faceShare } from '../faces/face-share';
import type { PhotoFindings } from '../findings';

/** Of the picture's longer side: head and shoulders from a third on, more of the figure below a fifth. */
const NEAR_SHARE = 0.33;
const FAR_SHARE = 0.2;

/** A model of a person is usually trained with 12 to 20 photos; fewer leave out poses, lights or places. */
const MANY = 12;

export interface CoveredPhoto {
  verdict: PhotoVerdict['verdict'];
  isTwin: boolean;
  findings: PhotoFindings | null;
}

/**
 * How varied a photo set is, in one sentence, with what would make it better. Advice and no gate: the numbers say
 * nothing about whether a training will succeed. Pure.
 */
export function coverageAdvice(photos: readonly CoveredPhoto[], crop: Crop): string {
  const good = photos.filter(({ verdict }) => verdict !== 'rejected');
  if (good.length === 0) return 'No photo is good enough to train with.';
  const repeated = photos.filter(({ isTwin }) => isTwin).length;
  const shares = good.flatMap(({ findings }) => {
    const face = findings?.faces?.[0];
    return findings === null || face === undefined ? [] : [faceShare(face, findings, crop)];
  });
  const facts = [
    count(good.length, 'good photo'),
    ...(repeated > 0 ? [`${count(repeated, 'repetition')} found`] : []),
    ...(shares.length > 0 ? [`faces of ${range(shares)} of the picture`] : []),
  ];
  return `${facts.join(', ')}: ${wish(good.length, repeated, shares, crop)}.`;
}

function wish(good: number, repeated: number, shares: readonly number[], crop: Crop): string {
  if (repeated >= good) return 'most photos repeat another one, so add pictures of other days and places';
  if (good < MANY)
    return `a varied set has ${MANY} to 20 photos, so add some in other light, dress and places`;
  if (shares.length === 0)
    return 'nobody looked for faces, so see for yourself that there are near and far ones';
  // Each is cropped to the same distance.
  if (crop === 'subject')
    return 'they are cropped to head and shoulders, so see that light and places differ';
  if (!shares.some((share) => share >= NEAR_SHARE))
    return 'add some from nearer, where the face fills a third of the picture';
  if (!shares.some((share) => share <= FAR_SHARE))
    return 'add some from further away, with shoulders or the whole figure';
  return 'near and far ones are there, a varied set';
}

function range(shares: readonly number[]): string {
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => Math.round(share * 100));
  return least === most ? `${least} %` : `${least} to ${most} %`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
