import { defineSearchAttributeKey } from '@temporalio/common';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { ProviderName } from '../contract/request';
import { ACTIVE_STATES, END_STATES, type TrainingState } from '../contract/state';
import { NamespaceNotPreparedError } from './errors';
import { isGrpcStatus } from './grpc-status';

export interface ListedTraining {
  id: string;
  /** `terminated`: ended by an operator or a Temporal time-out, without a say of ours. */
  state: TrainingState | 'terminated' | 'unknown';
  provider: string;
  subject: string;
  /** 0 to 100 as the provider says, in steps of ten or so; null before it has said any. */
  percent: number | null;
  creditsSpent: number;
  /** `no-answer`: the provider has not answered several looks in a row. */
  trouble: string | null;
  /** When it will probably end, as far as that was known when `percent` was told; null where it does not train. */
  expectedEndAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
}

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const subjectKey = defineSearchAttributeKey('DarkroomSubject', 'KEYWORD');
const progressKey = defineSearchAttributeKey('DarkroomProgress', 'INT');
const creditsKey = defineSearchAttributeKey('DarkroomCredits', 'INT');
const expectedEndKey = defineSearchAttributeKey('DarkroomExpectedEnd', 'DATETIME');
const troubleKey = defineSearchAttributeKey('DarkroomTrouble', 'KEYWORD');

/** Which trainings; null for any. Values are checked by whoever takes them from outside: they stand in a query. */
export interface TrainingFilter {
  state: TrainingState | null;
  provider: ProviderName | null;
  subject: string | null;
}

export function listQuery({ state, provider, subject }: TrainingFilter): string {
  return [
    `WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`,
    "ExecutionStatus != 'ContinuedAsNew'",
    ...(state === null ? [] : [`DarkroomState = '${state}'`]),
    ...(provider === null ? [] : [`DarkroomProvider = '${provider}'`]),
    ...(subject === null ? [] : [`DarkroomSubject = '${subject}'`]),
  ].join(' AND ');
}

/** Newest first. */
export async function listTrainings(
  client: Client,
  { limit, ...filter }: TrainingFilter & { limit: number },
): Promise<ListedTraining[]> {
  const query = listQuery(filter);
  const trainings: ListedTraining[] = [];
  await prepared(client, async () => {
    for await (const execution of client.workflow.list({ query, pageSize: Math.min(limit, 200) })) {
      trainings.push(listed(execution));
      if (trainings.length >= limit) break;
    }
  });
  // The server orders by what it last heard of; a person looks for what was started last.
  return trainings.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}

/** @throws NamespaceNotPreparedError where a list fails because the namespace does not know our search attributes */
export async function prepared<T>(client: Client, list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    if (isGrpcStatus(error, 'INVALID_ARGUMENT'))
      throw new NamespaceNotPreparedError(client.options.namespace, error);
    throw error;
  }
}

export function listed(execution: Omit<WorkflowExecutionInfo, 'raw'>): ListedTraining {
  const { typedSearchAttributes: attributes } = execution;
  const state = ['TERMINATED', 'TIMED_OUT'].includes(execution.status.name)
    ? 'terminated'
    : known(attributes.get(stateKey));
  return {
    id: execution.workflowId,
    state,
    provider: attributes.get(providerKey) ?? '',
    subject: attributes.get(subjectKey) ?? '',
    percent: attributes.get(progressKey) ?? null,
    creditsSpent: attributes.get(creditsKey) ?? 0,
    trouble: attributes.get(troubleKey) ?? null,
    expectedEndAt: state === 'training' ? inFuture(attributes.get(expectedEndKey)) : null,
    startedAt: execution.startTime,
    endedAt: execution.closeTime ?? null,
  };
}

function known(state: string | undefined): TrainingState | 'unknown' {
  return [...ACTIVE_STATES, ...END_STATES].find((one) => one === state) ?? 'unknown';
}

/** An estimate that is over says nothing any more. */
function inFuture(at: Date | undefined): Date | null {
  return at !== undefined && at.getTime() > Date.now() ? at : null;
}
