import { defineSearchAttributeKey } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { ScheduleInputError } from '../schedules/schedule-input-error';
import { ScheduleRefusedError } from './errors';

/** One that started every few seconds once would have the list walked through for minutes. */
const MOST_LOOKED_AT = 10_000;
const SHOWN = 3;

const startKey = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** Of what overlaps with batches that were started, nobody knows whether it was meant. @throws ScheduleRefusedError */
export async function assertNoneStarted(
  client: Client,
  name: string,
  times: readonly number[],
): Promise<void> {
  // Whoever makes one in Temporal's UI may call it anything, and a query that escapes these finds nothing.
  if (/['"\\]/.test(name))
    throw new ScheduleRefusedError(
      `What the schedule ${name} has started cannot be looked up, because of the quotation marks or backslashes in its name; trigger it instead`,
    );
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const query = [
    `TemporalScheduledById = '${name}'`,
    // Wider by a second: at the instant itself SQLite, which compares texts, may miss it.
    `TemporalScheduledStartTime > '${new Date(first - 1000).toISOString()}'`,
    `TemporalScheduledStartTime < '${new Date(last + 1000).toISOString()}'`,
  ].join(' AND ');
  const started = [...(await startedOf(scheduledTimes(client, query), new Set(times)))];
  if (started.length === 0) return;
  const shown = started.sort((a, b) => a - b).slice(0, SHOWN);
  throw new ScheduleRefusedError(
    `${started.length} of ${times.length} times of this backfill have been started already (${shown.map((atMs) => new Date(atMs).toISOString()).join(', ')}${started.length > SHOWN ? ', …' : ''}); choose a range without them`,
  );
}

/** Those of the times that are among the starts. @throws ScheduleInputError where there are too many to look at */
export async function startedOf(
  starts: AsyncIterable<number>,
  times: ReadonlySet<number>,
): Promise<Set<number>> {
  const started = new Set<number>();
  let looked = 0;
  for await (const atMs of starts) {
    looked += 1;
    if (looked > MOST_LOOKED_AT)
      throw new ScheduleInputError(
        `The schedule has started more than ${MOST_LOOKED_AT} batches in this range; backfill a shorter one`,
      );
    if (times.has(atMs)) started.add(atMs);
  }
  return started;
}

async function* scheduledTimes(client: Client, query: string): AsyncGenerator<number> {
  for await (const { typedSearchAttributes } of client.workflow.list({ query }))
    yield typedSearchAttributes.get(startKey)?.getTime() ?? NaN;
}
