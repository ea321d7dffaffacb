import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ScheduleDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { ScheduleChanges } from '../contract/schedule';
import type { ScheduleSpec } from '../schedules/next-times';
import { ScheduleRefusedError } from './errors';
import { found, ofOurs, refused } from './found-schedule';
import { isGrpcStatus } from './grpc-status';
import { mergedSchedule } from './merged-schedule';
import { changed, orderOf, planOf, type WholePlan } from './schedule-plan';
import { wordsOf } from './schedule-spec';

/** Of so many who change it at once, the last one gets through. */
const ATTEMPTS = 12;
const PAUSE_MS = 100;

/**
 * Changes what is named. Where somebody else changes the schedule meanwhile, it is read and changed again, so that both
 * changes hold.
 *
 * @throws ScheduleInputError · ScheduleNotFoundError · ScheduleRefusedError where others never stop
 */
export async function updateSchedule(
  client: Client,
  name: string,
  changes: ScheduleChanges,
): Promise<ScheduleSpec> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const described = await ofOurs(client, name);
    const plan = changed(planOf(described), changes, Date.now());
    await put(client, described, await refused(mergedSchedule(client, described, { plan, changes })));
    if (holds(planOf(await ofOurs(client, name)), changes)) return plan.spec;
    await delay(randomInt(PAUSE_MS));
  }
  throw new ScheduleRefusedError(
    `Others change the schedule ${name} all the time, and this change did not get through; try again, and see by darkroom schedule show ${name}`,
  );
}

async function put(
  client: Client,
  { scheduleId, raw: { conflictToken } }: ScheduleDescription,
  schedule: temporal.api.schedule.v1.ISchedule,
): Promise<void> {
  const { namespace, identity } = client.options;
  const answer = client.workflowService.updateSchedule({
    namespace,
    scheduleId,
    schedule,
    conflictToken: conflictToken ?? null,
    identity,
    requestId: randomUUID(),
  });
  try {
    await found(scheduleId, refused(answer));
  } catch (error) {
    // The word of newer servers that somebody was faster; older ones take the update and let it fall without one.
    if (!isGrpcStatus(error, 'FAILED_PRECONDITION')) throw error;
  }
}

/** Whether these changes would change nothing more. That an update was taken is no sign that it was not let fall. */
function holds(plan: WholePlan, changes: ScheduleChanges): boolean {
  return said(changed(plan, changes, Date.now())) === said(plan);
}

function said(plan: WholePlan): string {
  const { spec, overlap, catchUpMs, jitterMs, pauseOnFailure } = plan;
  const times = [wordsOf(spec), spec.timezone];
  return JSON.stringify([times, overlap, catchUpMs, jitterMs, pauseOnFailure, orderOf(plan)]);
}
