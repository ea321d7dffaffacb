import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { isEndState } from '../contract/state';
import { listed } from './list-trainings';

const LOOK_EVERY_MS = 50;
const FOR_MS = 3000;

/**
 * A training tells its batch, its account and its caller that it has ended before it is closed, milliseconds later. Whoever has heard it
 * and looks at once would take it for one that runs.
 */
export async function describeSettled(client: Client, id: string): Promise<WorkflowExecutionDescription> {
  const handle = client.workflow.getHandle(id);
  const untilMs = Date.now() + FOR_MS;
  for (;;) {
    const described = await handle.describe();
    if (!isClosing(described) || Date.now() > untilMs) return described;
    await sleep(LOOK_EVERY_MS);
  }
}

function isClosing(described: WorkflowExecutionDescription): boolean {
  const { state } = listed(described);
  return (
    described.status.name === 'RUNNING' && state !== 'unknown' && state !== 'terminated' && isEndState(state)
  );
}
