import type { TrainRequest } from '../contract/request';
import { neverAgain } from '../failures';
import type { AttemptRecord } from '../submissions/standing';
import { requestFingerprint } from '../training-id';

/** An id that was used for other photos or another person must not hand out that training. */
export function assertSameRequest({ beginning }: AttemptRecord, id: string, request: TrainRequest): void {
  if (beginning === null || beginning === 'unreadable' || beginning.kind === 'void') return;
  if (beginning.requestHash === requestFingerprint(request)) return;
  throw neverAgain(
    'IdTaken',
    `The id ${id} was used for a training of another request, as its submission record says; choose another id`,
  );
}
