import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client';
import type { BatchStatus } from '../contract/batch';
import type { ScheduledBatch } from '../contract/schedule';
import { errorMessage } from '../error-facts';
import { readBatch } from './batches';
import { statusInFailure, whyFailed } from './rows-failed';

const ANSWER_WITHIN_MS = 3000;

type Outcome = Pick<ScheduledBatch, 'outcome' | 'status' | 'message'>;

/** The last ten, oldest first, each with what became of it. */
export function scheduledBatches(client: Client, { info }: ScheduleDescription): Promise<ScheduledBatch[]> {
  return Promise.all(
    info.recentActions.map(async ({ scheduledAt, takenAt, action }) => ({
      id: action.workflow.workflowId,
      scheduledAt,
      startedAt: takenAt,
      ...(await outcomeOf(client, action.workflow.workflowId)),
    })),
  );
}

/** Read from Temporal, so that it is known where no worker runs; but for what a batch that runs has done so far. */
async function outcomeOf(client: Client, id: string): Promise<Outcome> {
  const handle = client.workflow.getHandle(id);
  try {
    const { status } = await handle.describe();
    switch (status.name) {
      case 'COMPLETED':
        return { outcome: 'completed', status: (await handle.result()) as BatchStatus, message: '' };
      case 'FAILED':
      case 'TIMED_OUT':
        return await handle.result().then(() => nothingKnown('completed'), failure);
      case 'CANCELLED':
        return nothingKnown('canceled');
      case 'TERMINATED':
        return nothingKnown('terminated');
      default:
        return { outcome: 'running', status: await soFar(client, id), message: '' };
    }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return nothingKnown('forgotten');
    throw error;
  }
}

/** A worker says it; without one, the rest of what is known shall not wait. */
async function soFar(client: Client, id: string): Promise<BatchStatus | null> {
  const patience = new AbortController();
  const answer = readBatch(client, id).catch(() => null);
  try {
    return await Promise.race([answer, delay(ANSWER_WITHIN_MS, null, { signal: patience.signal })]);
  } finally {
    patience.abort();
  }
}

function nothingKnown(outcome: ScheduledBatch['outcome']): Outcome {
  return { outcome, status: null, message: '' };
}

function failure(error: unknown): Outcome {
  const cause = whyFailed(error);
  const status = statusInFailure(cause);
  return { outcome: status === null ? 'failed' : 'rows-failed', status, message: errorMessage(cause) };
}
