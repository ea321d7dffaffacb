import type { PhotoRef } from './photo';

/**
 * A reference as it may be shown: what stands behind the "?" of a link may open it to whoever reads it, so verdicts, reports,
 * messages and logs hold this, and the request alone holds all of it.
 */
export function shownRef(ref: PhotoRef): string {
  const at = ref.startsWith('https:') ? ref.indexOf('?') : -1;
  return at === -1 ? ref : `${ref.slice(0, at)}?…`;
}
