import { FACE_GATES, GATES, type GatePolicy, type PhotoPolicy } from '../../contract/gates';
import type { PhotoVerdict } from '../../contract/photo';
import { coverageAdvice } from '../gates/coverage-advice';
import type { SeenPhoto } from './look-at-photos';

/** What is said of a photo set as a whole. */
export interface SetDescription {
  advice: string;
  /** Photos that would have been sent and paid for, had no gate rejected them. */
  spared: number;
  creditsSaved: number;
  creditsPerPhoto: number;
  /** What a person should know of how the photos were looked at; empty in the usual course. */
  notices: string[];
}

export interface SetTerms {
  creditsPerPhoto: number;
  /** So many are sent at the most; null where all good ones are. */
  maxPhotos: number | null;
  policy: PhotoPolicy;
  /** Nobody could look for faces although it was wanted. */
  facesUnavailable: boolean;
}

export function describeSet(
  verdicts: readonly PhotoVerdict[],
  seen: readonly SeenPhoto[],
  terms: SetTerms,
): SetDescription {
  const covered = verdicts.map(({ verdict, twin }, index) => {
    const record = seen[index]?.record;
    return {
      verdict,
      isTwin: twin !== undefined,
      findings: record?.readable === true ? record.findings : null,
    };
  });
  const { creditsPerPhoto, facesUnavailable } = terms;
  const spared = countSpared(verdicts, terms.maxPhotos);
  return {
    advice: coverageAdvice(covered, terms.policy.crop),
    spared,
    creditsSaved: spared * creditsPerPhoto,
    creditsPerPhoto,
    notices: facesUnavailable ? [noFacesNotice(terms.policy.gates)] : [],
  };
}

/** Where more are good than may be sent, another one has taken the place of the one that a gate rejected. */
function countSpared(verdicts: readonly PhotoVerdict[], maxPhotos: number | null): number {
  const gates = new Set<string>(GATES);
  const left = verdicts.filter(({ reasons }) => reasons.includes('over-max-photos')).length;
  const sent = verdicts.filter(({ verdict }) => verdict !== 'rejected').length;
  const gated = verdicts.filter(
    ({ verdict, reasons }) =>
      verdict === 'rejected' &&
      !reasons.includes('over-max-photos') &&
      reasons.some((reason) => gates.has(reason)),
  ).length;
  return Math.min(sent + left + gated, maxPhotos ?? Infinity) - sent;
}

/** Why is not said here: it may name folders of the worker, and this stands in Temporal's history. */
function noFacesNotice(gates: GatePolicy): string {
  const missed = FACE_GATES.filter((gate) => gates[gate] !== 'off');
  const off = missed.length === 0 ? 'nothing is cropped' : `these gates are off: ${missed.join(', ')}`;
  return `Faces were not looked for, so ${off}; on the worker's machine, darkroom doctor says why`;
}

/** Sentences for above a report. */
export function remarksOf(description: SetDescription): string[] {
  const saving = savingSentence(description);
  return [description.advice, ...(saving === '' ? [] : [saving]), ...description.notices];
}

/** `2 photos rejected by the gates: 8 credits saved`, or an empty text where nothing was saved. */
export function savingSentence({ spared, creditsSaved, creditsPerPhoto }: SetDescription): string {
  if (creditsSaved === 0) return '';
  return `${spared} ${spared === 1 ? 'photo' : 'photos'} rejected by the gates: ${creditsSaved} credits saved, ${creditsPerPhoto} a photo`;
}
