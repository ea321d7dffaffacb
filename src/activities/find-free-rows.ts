import { getClient, heartbeat } from '@temporalio/activity';
import { endedFree } from '../client/ended-free';

/** Places of the rows whose trainings have ended and were not charged: to start those over is to pay once. */
export function findFreeRows() {
  return async (rows: readonly { row: number; id: string; fingerprint: string }[]): Promise<number[]> => {
    const free: number[] = [];
    for (const { row, id, fingerprint } of rows) {
      heartbeat();
      if ((await endedFree(getClient(), id, fingerprint)).is === 'free') free.push(row);
    }
    return free;
  };
}
