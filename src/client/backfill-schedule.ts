import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Overlap } from '../contract/schedule';
import { FIRST_MS, isLeftOut, nextTimes, type ScheduleSpec } from '../schedules/next-times';
import { ScheduleInputError } from '../schedules/schedule-input-error';
import { ScheduleRefusedError } from './errors';
import { found, ofOurs, waiting } from './found-schedule';
import { fromTemporal, policyOf } from './schedule-spec';
import { assertNoneStarted } from './started-already';

/** Both ends count. */
export interface BackfillRange {
  from: Date;
  to: Date;
  /** One after the other where nothing is said: all of them come at once, and `skip` would start the first alone. */
  overlap?: Overlap | undefined;
}

/** Temporal keeps no more waiting. */
const MOST = 1000;
const TAKEN_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

export async function backfillSchedule(
  client: Client,
  name: string,
  { from, to, overlap = 'buffer-all' }: BackfillRange,
): Promise<{ times: Date[] }> {
  assertRange(from, to);
  const { spec: described, info, raw } = await ofOurs(client, name);
  const spec = fromTemporal(described);
  if (waiting(raw) > 0 && info.runningActions.length > 0)
    throw new ScheduleRefusedError(
      `Batches of the schedule ${name} wait for their turn already, perhaps of an earlier backfill; wait until they have run`,
    );
  const times = timesWithin(spec, { name, from, to });
  await assertNoneStarted(client, name, times);
  const end = endWith(spec, { lastMs: times.at(-1) ?? 0, to, jitterMs: described.jitter ?? 0 });
  await found(
    name,
    client.schedule.getHandle(name).backfill({ start: from, end, overlap: policyOf(overlap) }),
  );
  await taken(client, name, info.numActionsTaken);
  return { times: times.map((atMs) => new Date(atMs)) };
}

function timesWithin(
  spec: ScheduleSpec,
  { name, from, to }: { name: string; from: Date; to: Date },
): number[] {
  const range = `from ${from.toISOString()} to ${to.toISOString()}`;
  const found = nextTimes(spec, { afterMs: from.getTime() - 1, untilMs: to.getTime(), most: MOST + 1 });
  if (found.length > MOST)
    throw new ScheduleInputError(
      `There are more than ${MOST} times of the schedule ${name} ${range}; backfill a shorter range`,
    );
  const times = found.filter((atMs) => !isLeftOut(spec, atMs));
  if (times.length === 0)
    throw new ScheduleInputError(
      `No time of the schedule ${name} lies ${range}; darkroom schedule show ${name} says when it starts`,
    );
  return times;
}

/** Temporal looks at when a start would have been, jitter included: the last one would fall out of the range by that. */
function endWith(
  spec: ScheduleSpec,
  { lastMs, to, jitterMs }: { lastMs: number; to: Date; jitterMs: number },
): Date {
  if (jitterMs === 0) return to;
  const [followingMs = Infinity] = nextTimes(spec, { afterMs: lastMs, most: 1 });
  return new Date(Math.min(lastMs + jitterMs, followingMs - 1));
}

/** Until then, a second backfill would not see that it overlaps with this one. */
async function taken(client: Client, name: string, before: number): Promise<void> {
  const endMs = Date.now() + TAKEN_WITHIN_MS;
  while (Date.now() < endMs) {
    const { info, raw } = await ofOurs(client, name);
    if (info.numActionsTaken > before || waiting(raw) > 0) return;
    await delay(LOOK_EVERY_MS);
  }
}

function assertRange(from: Date, to: Date): void {
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()))
    throw new ScheduleInputError('The backfill needs two times, from and to, and one of them is none');
  if (from.getTime() > to.getTime())
    throw new ScheduleInputError(
      `The backfill begins at ${from.toISOString()}, after its end at ${to.toISOString()}; swap them`,
    );
  if (from.getTime() < FIRST_MS)
    throw new ScheduleInputError(
      `The backfill begins at ${from.toISOString()}, and Temporal knows no time before the year 2000; begin it later`,
    );
  if (to.getTime() > Date.now())
    throw new ScheduleInputError(
      `The backfill ends at ${to.toISOString()}, which is yet to come: the schedule starts that by itself; end it now or earlier`,
    );
}
