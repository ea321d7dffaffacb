import type { PhotoPolicy } from '../../contract/gates';
import type { PhotoRecord } from '../set/photo-library';
import { findTwins, type SetJudgement } from './find-twins';
import { judgePhoto } from './judge-photo';

/** A verdict on each photo of a set, in its order: for itself, and as one of them. Pure. */
export function judgeSet(
  photos: readonly { contentHash: string | null; record: PhotoRecord }[],
  policy: PhotoPolicy,
): SetJudgement[] {
  return findTwins(
    photos.map(({ contentHash, record }) =>
      record.readable
        ? { contentHash, findings: record.findings, judgement: judgePhoto(record.findings, policy) }
        : { contentHash, findings: null, judgement: { verdict: 'rejected', reasons: [record.reason] } },
    ),
    policy.gates,
  );
}
