import type { TrainRequest } from '../contract/request';
import { neverAgain } from '../failures';
import type { AttemptRecord } from '../submissions/standing';
import { requestFingerprint } from '../training-id';

/** An id that was used for other photos or another person must not hand out that training. */
export function assertSameRequest(record: AttemptRecord, id: string, request: TrainRequest): void {
  if (!isOfRequest(record, request)) throw neverAgain('IdTaken', takenIdSentence(id));
}

/** One that says nothing is taken for its own. */
export function isOfRequest({ beginning }: AttemptRecord, request: TrainRequest): boolean {
  if (beginning === null || beginning === 'unreadable' || beginning.kind === 'void') return true;
  return beginning.requestHash === requestFingerprint(request);
}

export function takenIdSentence(id: string): string {
  return `The id ${id} was used for a training of another request, as its submission record says; choose another id`;
}
