import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { describeSettled } from './describe-settled';
import { readResult } from './read-result';

export type Standing =
  /** It may start over under its id. */
  | { is: 'free' }
  /** Nothing is known under this id. */
  | { is: 'absent' }
  /** The id belongs to another request. */
  | { is: 'another' }
  /** It runs, has succeeded, or has cost something or may have. */
  | { is: 'kept'; why: string };

/** Whether a training has ended without any charge, so that starting it over pays for it once. What cannot be read may have been charged. */
export async function endedFree(client: Client, id: string, fingerprint: string): Promise<Standing> {
  try {
    const { memo, status, runId, type } = await describeSettled(client, id);
    const theirs = memo?.['fingerprint'];
    if (type !== TRAIN_PERSON_WORKFLOW) return { is: 'another' };
    if (theirs !== undefined && theirs !== fingerprint) return { is: 'another' };
    if (status.name === 'RUNNING') return kept('it runs');
    return await standingOf(client, id, runId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { is: 'absent' };
    throw error;
  }
}

/** Of this very run: the id may belong to a newer one by now, and waiting for that could take hours. */
async function standingOf(client: Client, id: string, runId: string): Promise<Standing> {
  try {
    const { state, charge, credits } = await readResult(client, id, runId);
    if (state === 'succeeded') return kept('it has succeeded');
    if (charge === 'none') return { is: 'free' };
    return kept(charge === 'charged' ? `it has cost ${credits.spent} credits` : 'it may have been charged');
  } catch {
    return kept('nobody can say what it has cost');
  }
}

function kept(why: string): Standing {
  return { is: 'kept', why };
}
