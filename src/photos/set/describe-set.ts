import { GATES } from '../../contract/gates';
import type { PhotoVerdict } from '../../contract/photo';
import { coverageAdvice } from '../gates/coverage-advice';
import type { SeenPhoto } from './look-at-photos';

/** What is said of a photo set as a whole. */
export interface SetDescription {
  advice: string;
  /** Photos that could have been sent and were not, because of a gate. */
  spared: number;
  creditsSaved: number;
  creditsPerPhoto: number;
  /** What a person should know of how the photos were looked at; empty in the usual course. */
  notices: string[];
}

export function describeSet(
  verdicts: readonly PhotoVerdict[],
  seen: readonly SeenPhoto[],
  { creditsPerPhoto, facesUnavailable }: { creditsPerPhoto: number; facesUnavailable: string | null },
): SetDescription {
  const covered = verdicts.map(({ verdict, reasons, twin }, index) => {
    const record = seen[index]?.record;
    return {
      verdict,
      reasons,
      isTwin: twin !== undefined,
      findings: record?.readable === true ? record.findings : null,
    };
  });
  const gates = new Set<string>(GATES);
  const spared = covered.filter(
    ({ verdict, reasons }) => verdict === 'rejected' && reasons.some((reason) => gates.has(reason)),
  ).length;
  return {
    advice: coverageAdvice(covered),
    spared,
    creditsSaved: spared * creditsPerPhoto,
    creditsPerPhoto,
    notices:
      facesUnavailable === null
        ? []
        : [`Faces were not looked for, so the gates about faces are off: ${facesUnavailable}`],
  };
}

/** `2 photos rejected by the gates: 8 credits saved`, or an empty text where nothing was saved. */
export function savingSentence({ spared, creditsSaved, creditsPerPhoto }: SetDescription): string {
  if (creditsSaved === 0) return '';
  return `${spared} ${spared === 1 ? 'photo' : 'photos'} rejected by the gates: ${creditsSaved} credits saved, ${creditsPerPhoto} a photo`;
}
