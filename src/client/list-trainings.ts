import { defineSearchAttributeKey } from '@temporalio/common';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { ACTIVE_STATES, END_STATES, type TrainingState } from '../contract/state';
import { NamespaceNotPreparedError } from './errors';
import { isGrpcStatus } from './grpc-status';

export interface ListedTraining {
  id: string;
  /** `terminated`: ended by an operator or a Temporal time-out, without a say of ours. */
  state: TrainingState | 'terminated' | 'unknown';
  provider: string;
  subject: string;
  startedAt: Date;
  endedAt: Date | null;
}

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const subjectKey = defineSearchAttributeKey('DarkroomSubject', 'KEYWORD');

/** Newest first. */
export async function listTrainings(
  client: Client,
  filter: { state: TrainingState | null; subject: string | null; limit: number },
): Promise<ListedTraining[]> {
  const query = [
    `WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`,
    "ExecutionStatus != 'ContinuedAsNew'",
    ...(filter.state === null ? [] : [`DarkroomState = '${filter.state}'`]),
    ...(filter.subject === null ? [] : [`DarkroomSubject = '${filter.subject}'`]),
  ].join(' AND ');
  const trainings: ListedTraining[] = [];
  try {
    for await (const execution of client.workflow.list({ query, pageSize: Math.min(filter.limit, 200) })) {
      trainings.push(listed(execution));
      if (trainings.length >= filter.limit) break;
    }
  } catch (error) {
    if (isGrpcStatus(error, 'INVALID_ARGUMENT'))
      throw new NamespaceNotPreparedError(client.options.namespace, error);
    throw error;
  }
  // The server orders by what it last heard of; a person looks for what was started last.
  return trainings.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}

function listed(execution: WorkflowExecutionInfo): ListedTraining {
  const { typedSearchAttributes: attributes } = execution;
  return {
    id: execution.workflowId,
    state: ['TERMINATED', 'TIMED_OUT'].includes(execution.status.name)
      ? 'terminated'
      : known(attributes.get(stateKey)),
    provider: attributes.get(providerKey) ?? '',
    subject: attributes.get(subjectKey) ?? '',
    startedAt: execution.startTime,
    endedAt: execution.closeTime ?? null,
  };
}

function known(state: string | undefined): TrainingState | 'unknown' {
  return [...ACTIVE_STATES, ...END_STATES].find((one) => one === state) ?? 'unknown';
}
