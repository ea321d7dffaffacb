import { setTimeout as delay } from 'node:timers/promises';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Client, ScheduleDescription } from '@temporalio/client';
import type { Overlap } from '../contract/schedule';
import { nextTimes, type ScheduleSpec } from '../schedules/next-times';
import { ScheduleInputError } from '../schedules/schedule-input-error';
import { ScheduleRefusedError } from './errors';
import { found, ofOurs } from './found-schedule';
import { fromTemporal, policyOf } from './schedule-spec';

/** Both ends count. */
export interface BackfillRange {
  from: Date;
  to: Date;
  /** One after the other where nothing is said: all of them come at once, and `skip` would start the first alone. */
  overlap?: Overlap | undefined;
}

/** Temporal keeps no more waiting. */
const MOST = 1000;
const LONGEST_MS = 3653 * 86_400_000;
const SHOWN = 3;
const TAKEN_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

const startKey = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

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
  const times = nextTimes(spec, {
    afterMs: from.getTime() - 1,
    untilMs: to.getTime(),
    most: MOST + 1,
  });
  if (times.length === 0)
    throw new ScheduleInputError(
      `No time of the schedule ${name} lies from ${from.toISOString()} to ${to.toISOString()}; darkroom schedule show ${name} says when it starts`,
    );
  if (times.length > MOST)
    throw new ScheduleInputError(
      `There are more than ${MOST} times of the schedule ${name} from ${from.toISOString()} to ${to.toISOString()}; backfill a shorter range`,
    );
  await assertNoneStarted(client, name, times);
  const end = endWith(spec, { lastMs: times.at(-1) ?? 0, to, jitterMs: described.jitter ?? 0 });
  await found(
    name,
    client.schedule.getHandle(name).backfill({ start: from, end, overlap: policyOf(overlap) }),
  );
  await taken(client, name, info.numActionsTaken);
  return { times: times.map((atMs) => new Date(atMs)) };
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

function waiting(raw: ScheduleDescription['raw']): number {
  return raw.info?.bufferSize?.toNumber() ?? 0;
}

function assertRange(from: Date, to: Date): void {
  if (from.getTime() > to.getTime())
    throw new ScheduleInputError(
      `The backfill begins at ${from.toISOString()}, after its end at ${to.toISOString()}; swap them`,
    );
  // Its times are counted day by day: two hundred thousand years would hold up a gateway for minutes.
  if (to.getTime() - from.getTime() > LONGEST_MS)
    throw new ScheduleInputError(
      `The backfill is longer than ten years, from ${from.toISOString()} to ${to.toISOString()}; begin it later`,
    );
  if (to.getTime() > Date.now())
    throw new ScheduleInputError(
      `The backfill ends at ${to.toISOString()}, which is yet to come: the schedule starts that by itself; end it now or earlier`,
    );
}

/** Of what overlaps with batches that were started, nobody knows whether it was meant. */
async function assertNoneStarted(client: Client, name: string, times: readonly number[]): Promise<void> {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const query = [
    `TemporalScheduledById = '${name}'`,
    // Wider by a second: at the instant itself SQLite, which compares texts, may miss it.
    `TemporalScheduledStartTime > '${new Date(first - 1000).toISOString()}'`,
    `TemporalScheduledStartTime < '${new Date(last + 1000).toISOString()}'`,
  ].join(' AND ');
  const wanted = new Set(times);
  const started = new Set<number>();
  for await (const { typedSearchAttributes } of client.workflow.list({ query })) {
    const atMs = typedSearchAttributes.get(startKey)?.getTime();
    if (atMs !== undefined && wanted.has(atMs)) started.add(atMs);
  }
  if (started.size === 0) return;
  const shown = [...started].sort((a, b) => a - b).slice(0, SHOWN);
  throw new ScheduleRefusedError(
    `${started.size} of ${times.length} times of this backfill have been started already (${shown.map((atMs) => new Date(atMs).toISOString()).join(', ')}${started.size > SHOWN ? ', …' : ''}); choose a range without them`,
  );
}
