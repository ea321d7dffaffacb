import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { accountClient } from './client/accounts';
import { batchClient } from './client/batch-client';
import { adoptTraining } from './client/adopt-training';
import { cancelTraining } from './client/cancel-training';
import { countTrainings } from './client/count-trainings';
import { sendDecision } from './client/send-decision';
import { glanceAt } from './client/glance-at';
import { whole } from './client/list-filter';
import { listTrainings } from './client/list-trainings';
import { pageOfTrainings } from './client/page-of-trainings';
import { requestOf } from './client/request-of';
import { TemporalUnreachableError, TrainingNotFoundError } from './client/errors';
import { isGrpcStatus } from './client/grpc-status';
import { readPhotoProgress } from './client/photo-progress';
import type { ReadStore } from './client/read-pages';
import { readResult } from './client/read-result';
import { readStatus } from './client/read-status';
import { schedulesOver } from './client/schedules';
import { readTimeline } from './client/read-timeline';
import { startTraining } from './client/start-training';
import { waitForResult } from './client/wait-for-result';
import type { Darkroom } from './client/darkroom';
import type { AccountStatus } from './contract/account-status';
import type { FolderRule } from './contract/batch';
import type { Decision } from './contract/decision';
import type { Evidence } from './contract/evidence';
import { EVIDENCE_SIGNAL, NUDGE_SIGNAL } from './contract/names';
import type { TrainRequest } from './contract/request';
import { trainRequestSchema } from './contract/request-schema';
import type { TrainResult } from './contract/result';
import type { TrainingState } from './contract/state';
import type {
  ScheduleChanges,
  ScheduledBatch,
  SchedulePlan,
  ScheduleStatus,
  ScheduleSummary,
} from './contract/schedule';
import type { TrainStatus } from './contract/status';
import { accessFromEnvironment, addressOf, type TemporalAccess } from './temporal-connection';
import { trainingWorkflowId } from './training-id';

export * from './client/errors';
export { ScheduleInputError } from './schedules/schedule-input-error';
export type { Schedules } from './client/schedules';
export type { Darkroom } from './client/darkroom';
export type { AccountClient, ListedAccount } from './client/accounts';
export type {
  BatchClient,
  BatchOrder,
  BatchPage,
  BatchReport,
  BatchStatus,
  LeftRow,
  ListedBatch,
  ListedRow,
  ReportOptions,
  ReportRow,
  RetriedBatch,
  RetryOptions,
  RowFilter,
  RowPage,
  RowState,
  Steering,
} from './client/batch-client';
export type { ReadStore } from './client/read-pages';
export type { ListFilter } from './client/list-filter';
export type { ListedTraining } from './client/list-trainings';
export type { TrainingCount } from './client/count-trainings';
export type { TrainingPage } from './client/page-of-trainings';
export type { TimelineEntry } from './client/read-timeline';
export type { StartedTraining } from './client/start-training';
export type { WaitOptions } from './client/wait-for-result';
export type {
  AccountStatus,
  Decision,
  Evidence,
  FolderRule,
  ScheduleChanges,
  ScheduledBatch,
  SchedulePlan,
  ScheduleStatus,
  ScheduleSummary,
  TrainRequest,
  TrainResult,
  TrainStatus,
  TrainingState,
};
export type { TemporalAccess };

export interface DarkroomOptions {
  /** The store of the workers, for the rows of batches; everything else does without. */
  readStore?: ReadStore | null;
}

/**
 * Connects to Temporal.
 *
 * @param access where; without it as `TEMPORAL_ADDRESS` and the other standard variables say
 * @throws TemporalUnreachableError
 */
export async function connect(
  access: TemporalAccess = accessFromEnvironment(),
  options: DarkroomOptions = {},
): Promise<Darkroom> {
  const connection = await Connection.connect({ ...access.connectionOptions, connectTimeout: '5s' }).catch(
    (error: unknown) => {
      throw new TemporalUnreachableError(addressOf(access), error);
    },
  );
  return darkroomOver(new Client({ connection, namespace: access.namespace }), options);
}

/** The same on a Temporal client that the caller has already. */
export function darkroomOver(client: Client, { readStore = null }: DarkroomOptions = {}): Darkroom {
  const handle = (id: string) => client.workflow.getHandle(id);
  return {
    async train(request, { id } = {}) {
      const checked = trainRequestSchema.parse(request);
      return startTraining(client, id ?? trainingWorkflowId(checked), checked);
    },
    status: (id) => readStatus(client, id),
    photoProgress: (id) => found(id, readPhotoProgress(client, id)),
    result: (id) => found(id, readResult(client, id)),
    waitForResult: (id, options = {}) =>
      found(
        id,
        waitForResult(
          {
            status: () => readStatus(client, id),
            result: () => openCall(client, options.signal, () => readResult(client, id)),
          },
          options,
        ),
      ),
    cancel: (id) => found(id, cancelTraining(client, id)),
    nudge: (id) => found(id, handle(id).signal(NUDGE_SIGNAL)),
    decide: (id, decision) => found(id, sendDecision(client, id, decision)),
    adopt: (id, trainingId) => found(id, adoptTraining(client, id, trainingId)),
    evidence: (id, evidence) => found(id, handle(id).signal(EVIDENCE_SIGNAL, evidence)),
    list: (filter = {}) => listTrainings(client, whole(filter)),
    page: ({ cursor, ...filter } = {}) =>
      pageOfTrainings(client, { ...whole(filter), cursor: cursor ?? null }),
    glance: (ids) => glanceAt(client, ids),
    counts: () => countTrainings(client),
    ...accountClient(client),
    schedules: schedulesOver(client),
    ...batchClient(client, readStore),
    timeline: (id) => found(id, readTimeline(client, id)),
    request: (id) => found(id, requestOf(client, id)),
    close: () => client.connection.close(),
  };
}

/** A call that is waited for no longer would stay open until the training ends. */
function openCall<T>(client: Client, signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  return signal === undefined ? call() : client.withAbortSignal(signal, call);
}

async function found<T>(id: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    // The SDK has a class for it, but not where a history is read.
    const isUnknown = error instanceof WorkflowNotFoundError || isGrpcStatus(error, 'NOT_FOUND');
    throw isUnknown ? new TrainingNotFoundError(id) : error;
  }
}
