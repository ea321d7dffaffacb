import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ScheduleDescription } from '@temporalio/client';
import { ScheduleRefusedError } from './errors';
import { found, ofOurs, waiting } from './found-schedule';

const SEEN_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 100;

/** By the schedule's own policy: one that skips shall not run twice at once because somebody was impatient. */
export async function triggerSchedule(client: Client, name: string): Promise<{ id: string | null }> {
  const before = await ofOurs(client, name);
  const { overlap } = before.policies;
  const [running] = before.info.runningActions;
  if (overlap === 'SKIP' && running !== undefined)
    throw new ScheduleRefusedError(
      `${running.workflow.workflowId} of the schedule ${name} runs, and it starts no second one beside it; wait for its end, cancel it, or choose another overlap`,
    );
  // Temporal would take it, and let it fall.
  if (overlap === 'BUFFER_ONE' && running !== undefined && waiting(before.raw) > 0)
    throw new ScheduleRefusedError(
      `A batch of the schedule ${name} waits for the end of ${running.workflow.workflowId} already, and no second one does beside it; wait until it has started, or choose another overlap`,
    );
  await found(name, client.schedule.getHandle(name).trigger(overlap));
  return { id: await startedSince(client, name, before) };
}

/** Null where it waits for an earlier one, or is not seen yet. */
async function startedSince(
  client: Client,
  name: string,
  before: ScheduleDescription,
): Promise<string | null> {
  const known = new Set(before.info.recentActions.map(({ action }) => action.workflow.workflowId));
  const endMs = Date.now() + SEEN_WITHIN_MS;
  while (Date.now() < endMs) {
    const { info } = await ofOurs(client, name);
    const started = info.recentActions.find(({ action }) => !known.has(action.workflow.workflowId));
    if (started !== undefined) return started.action.workflow.workflowId;
    if (info.runningActions.length > 0 && before.policies.overlap !== 'ALLOW_ALL') return null;
    await delay(LOOK_EVERY_MS);
  }
  return null;
}
