import type { TemporalAccess } from '../../src/temporal-connection';
import { replayerUrl } from './test-server';

/**
 * Replays every run, continued ones included, of the workflows that a test started: a change that would break
 * running trainings fails the test that shows it.
 */
export async function replayAll(
  { connectionOptions: { address }, namespace }: TemporalAccess,
  ids: ReadonlySet<string>,
): Promise<void> {
  if (ids.size > 0) await askReplayer({ address, namespace, ids: [...ids] });
}

export function replayHistory(workflowId: string, history: unknown): Promise<void> {
  return askReplayer({ workflowId, history });
}

/** @throws an error with the name that the SDK gave it */
async function askReplayer(question: object): Promise<void> {
  const answer = await fetch(replayerUrl(), { method: 'POST', body: JSON.stringify(question) });
  if (answer.ok) return;
  const { name, message } = (await answer.json()) as { name: string; message: string };
  throw Object.assign(new Error(message), { name });
}
