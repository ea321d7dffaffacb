import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { isGrpcStatus } from './grpc-status';

/** What arrives just as a history starts over does so once or twice; a workflow that fails each time is another matter. */
const MOST_DROPPED = 5;
const AGAIN_AFTER_MS = 100;

/**
 * Sends an update and waits for its answer. Temporal drops one with FAILED_PRECONDITION where the task that has taken it in is thrown
 * away, as when a word of a training arrives while the history of its batch starts over: nothing of it has happened then, and the same
 * one is sent again.
 */
export async function executeUpdate<Answer>(
  client: Client,
  id: string,
  { name, argument, timeoutMs }: { name: string; argument: unknown; timeoutMs: number },
): Promise<Answer> {
  const handle = client.workflow.getHandle(id);
  const options: { args: [unknown]; updateId: string } = { args: [argument], updateId: randomUUID() };
  return client.withDeadline(Date.now() + timeoutMs, async () => {
    for (let dropped = 0; ; dropped += 1) {
      try {
        return await handle.executeUpdate<Answer, [unknown]>(name, options);
      } catch (error) {
        if (dropped === MOST_DROPPED || !isGrpcStatus(error, 'FAILED_PRECONDITION')) throw error;
        await sleep(AGAIN_AFTER_MS);
      }
    }
  });
}
