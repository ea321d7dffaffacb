import type { PhotoVerdict } from './photo';

/** Good photos after the first `max` are left out with a reason of their own. Pure, and doing it twice changes nothing. */
export function leaveOut(verdicts: readonly PhotoVerdict[], max: number): PhotoVerdict[] {
  let kept = 0;
  return verdicts.map((photo) => {
    if (photo.verdict === 'rejected') return photo;
    kept += 1;
    return kept <= max
      ? photo
      : { ...photo, verdict: 'rejected', reasons: [...photo.reasons, 'over-max-photos'] };
  });
}
