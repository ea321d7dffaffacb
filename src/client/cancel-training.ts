import type { Client } from '@temporalio/client';
import { TrainingEndedError } from './errors';

/** Asks first: the server takes the cancellation of what has ended without a word. */
export async function cancelTraining(client: Client, id: string): Promise<void> {
  const handle = client.workflow.getHandle(id);
  const { status } = await handle.describe();
  if (status.name !== 'RUNNING') throw new TrainingEndedError(id);
  await handle.cancel();
}
