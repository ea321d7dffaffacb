import {
  NoResultError,
  NoWorkerError,
  TrainingNotFoundError,
  type Darkroom,
  type ListedTraining,
  type TimelineEntry,
  type TrainStatus,
} from '../../client';
import { isEndState } from '../../contract/state';
import { soon } from '../soon';

/** What there is to see of a training. */
export interface SeenTraining {
  id: string;
  /** Null where it cannot be asked: no worker runs, or it was terminated. */
  status: TrainStatus | null;
  /** Why not; null where it can. */
  trouble: string | null;
  /** What the list says of it; null for a moment after its start. */
  listed: ListedTraining | null;
  timeline: TimelineEntry[];
}

/** Nothing of it changes any more. */
export function isOver({ status, listed }: SeenTraining): boolean {
  return status === null ? listed?.state === 'terminated' : isEndState(status.state);
}

/** @throws TrainingNotFoundError, and what says that Temporal is away */
export async function seeTraining(darkroom: Darkroom, id: string): Promise<SeenTraining> {
  const [answer, rows, timeline] = await Promise.all([
    soon(id, darkroom.status(id)).then(
      (status) => ({ status, trouble: null }),
      (error: unknown) => ({ status: null, trouble: whyNot(error) }),
    ),
    darkroom.glance([id]),
    darkroom.timeline(id),
  ]);
  const [listed = null] = rows;
  // Some other workflow may have the id.
  if (listed === null && timeline.length === 0) throw new TrainingNotFoundError(id);
  return { id, ...answer, listed, timeline };
}

function whyNot(error: unknown): string {
  if (error instanceof NoWorkerError || error instanceof NoResultError) return error.message;
  throw error;
}
