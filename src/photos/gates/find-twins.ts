import type { GatePolicy } from '../../contract/gates';
import type { Judgement } from '../../contract/photo';
import type { PhotoFindings } from '../findings';
import { hashDistance } from '../fingerprint';
import { THRESHOLDS } from './thresholds';

/** One photo of a set on its way to a verdict. `findings`: null where the file could not be decoded. */
export interface Candidate {
  /** SHA-256 of the file; null where it could not be read. */
  contentHash: string | null;
  findings: PhotoFindings | null;
  judgement: Judgement;
}

/** A judgement about the set as a whole. `twin`: index of the photo that this one repeats. */
export interface SetJudgement {
  judgement: Judgement;
  twin: number | null;
}

/**
 * Photos that the set holds twice: the same file, or nearly the same picture, mirrored or not. Of the same file the
 * first one stays, of twins the sharpest. Photos that are rejected for themselves are nobody's twins. Pure; the
 * answers are in the order of the candidates.
 */
export function findTwins(candidates: readonly Candidate[], policy: GatePolicy): SetJudgement[] {
  const judged = candidates.map(({ judgement }): SetJudgement => ({ judgement, twin: null }));
  const mark = (index: number, twin: number, gate: 'duplicate' | 'near-duplicate') => {
    const entry = judged[index];
    if (entry === undefined) return;
    const { verdict, reasons } = entry.judgement;
    const isRejected = policy[gate] === 'reject' || verdict === 'rejected';
    judged[index] = {
      judgement: { verdict: isRejected ? 'rejected' : 'warned', reasons: [...reasons, gate] },
      twin,
    };
  };

  const firstWith = new Map<string, number>();
  const singles: number[] = [];
  const copies = new Map<number, number[]>();
  for (const [index, { contentHash, judgement }] of candidates.entries()) {
    if (contentHash === null || judgement.verdict === 'rejected') continue;
    const first = firstWith.get(contentHash);
    if (first === undefined) {
      firstWith.set(contentHash, index);
      singles.push(index);
      continue;
    }
    // One that may stay beside its original must not stay in its place.
    if (policy.duplicate !== 'reject') copies.set(first, [...(copies.get(first) ?? []), index]);
    if (policy.duplicate !== 'off') mark(index, first, 'duplicate');
  }
  if (policy['near-duplicate'] === 'off') return judged;

  const sharpestFirst = singles
    .flatMap((index) => {
      const findings = candidates[index]?.findings ?? null;
      return findings === null ? [] : [{ index, findings }];
    })
    .sort((a, b) => b.findings.sharpness - a.findings.sharpness || a.index - b.index);
  const kept: typeof sharpestFirst = [];
  for (const photo of sharpestFirst) {
    const twin = kept.find(({ findings }) => isTwin(findings, photo.findings));
    if (twin === undefined) kept.push(photo);
    else
      for (const index of [photo.index, ...(copies.get(photo.index) ?? [])])
        mark(index, twin.index, 'near-duplicate');
  }
  return judged;
}

function isTwin(a: PhotoFindings, b: PhotoFindings): boolean {
  return (
    hashDistance(a.hash, b.hash) <= THRESHOLDS.maxTwinDistance ||
    hashDistance(a.hash, b.mirroredHash) <= THRESHOLDS.maxTwinDistance
  );
}
