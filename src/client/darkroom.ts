import type { Decision } from '../contract/decision';
import type { Evidence } from '../contract/evidence';
import type { TrainRequest } from '../contract/request';
import type { TrainResult } from '../contract/result';
import type { TrainStatus } from '../contract/status';
import type { AccountClient } from './accounts';
import type { BatchClient } from './batch-client';
import type { TrainingCount } from './count-trainings';
import type { ListFilter } from './list-filter';
import type { ListedTraining } from './list-trainings';
import type { TrainingPage } from './page-of-trainings';
import type { TimelineEntry } from './read-timeline';
import type { Schedules } from './schedules';
import type { StartedTraining } from './start-training';
import type { WaitOptions } from './wait-for-result';

/** What another service needs of Darkroom. One connection; share it, and close it at the end. */
export interface Darkroom extends BatchClient, AccountClient {
  /**
   * Starts a training, or joins the one that has the id already: calling it twice is harmless, also from two
   * processes at once.
   *
   * @param options.id the idempotency key and workflow id; without one it is derived from the request
   * @throws ZodError if the request is not one · IdTakenError if the id belongs to another request
   */
  train(request: TrainRequest, options?: { id?: string }): Promise<StartedTraining>;
  /** @throws TrainingNotFoundError · NoWorkerError if no worker runs that could answer */
  status(id: string): Promise<TrainStatus>;
  /** Photos done so far, while they are being normalized; null otherwise. */
  photoProgress(id: string): Promise<{ done: number; total: number } | null>;
  /** Waits for the end, hours if it must, and gives the result whatever the end was: look at its `state`. */
  result(id: string): Promise<TrainResult>;
  /**
   * The same, with word of how it goes, over deploys and restarts of workers and of Temporal. Waits on where a person has to
   * decide: `onStatus` hears of it.
   *
   * @throws the signal's reason · TrainingNotFoundError · NoResultError if the training was terminated
   */
  waitForResult(id: string, options?: WaitOptions): Promise<TrainResult>;
  /**
   * Asks for cancellation. What the provider has started may run on there and be billed: see the status afterwards.
   *
   * @throws TrainingNotFoundError · TrainingEndedError
   */
  cancel(id: string): Promise<void>;
  /** Makes the training look at the provider now. A hint: harmless at any time. */
  nudge(id: string): Promise<void>;
  /**
   * Answers a submission whose outcome is unknown. Returns when the decision is on record.
   *
   * @throws DecisionRefusedError if none is needed, or the training to adopt is not known, has failed, or is somebody else's
   */
  decide(id: string, decision: Decision): Promise<void>;
  /**
   * Waits again for a training that the provider has started, after a deadline, a cancel or a loss; nothing is submitted.
   *
   * @throws TrainingNotFoundError · NotAdoptableError if the training under this id is running, or has succeeded
   */
  adopt(id: string, trainingId: string): Promise<StartedTraining>;
  /** A delivery of the provider on the webhook address of one attempt, for whoever receives it. Harmless if it is none. */
  evidence(id: string, evidence: Evidence): Promise<void>;
  /** Newest first. */
  list(filter?: ListFilter): Promise<ListedTraining[]>;
  /**
   * One page of the list, and the cursor for the next.
   *
   * @throws CursorError if the cursor is not one of this list
   */
  page(filter?: ListFilter & { cursor?: string | undefined }): Promise<TrainingPage>;
  /** What the list says of these, without asking any worker. Those that there are not are left out. */
  glance(ids: readonly string[]): Promise<ListedTraining[]>;
  /** How many trainings are in each state now, the ends apart. */
  counts(): Promise<TrainingCount[]>;
  /** Batches that start by themselves. */
  readonly schedules: Schedules;
  /** Its states and decisions so far, oldest first, as Temporal has recorded them; no worker is asked. @throws TrainingNotFoundError */
  timeline(id: string): Promise<TimelineEntry[]>;
  /** What the training was started with. Not checked: anybody may have started it. @throws TrainingNotFoundError */
  request(id: string): Promise<unknown>;
  close(): Promise<void>;
}
