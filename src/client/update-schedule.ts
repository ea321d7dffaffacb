import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ScheduleClient, type Client, type ScheduleDescription } from '@temporalio/client';
import type { ScheduleChanges } from '../contract/schedule';
import { ScheduleRefusedError } from './errors';
import { assertOurs, found, ofOurs, refused } from './found-schedule';
import { isGrpcStatus } from './grpc-status';
import { optionsOnTopOf } from './schedule-options';
import { changed, planOf, type WholePlan } from './schedule-plan';
import { wordsOf } from './schedule-spec';

const MOST_TRIES = 5;
const TAKEN_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 20;

/**
 * Changes what is named, and leaves the rest as it is, whoever has set that. Temporal drops without a word what is based on what
 * somebody else has changed meanwhile, so it is looked at afterwards, and tried again on top of that.
 *
 * @throws ScheduleInputError · ScheduleNotFoundError · ScheduleRefusedError where it changes all the time
 */
export async function updateSchedule(
  client: Client,
  name: string,
  changes: ScheduleChanges,
): Promise<WholePlan> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const token = await send(client, name, changes);
    const plan = planOf(await changedSince(client, name, token));
    // Of what it has already, a change changes nothing.
    if (isSame(plan, changed(plan, changes, Date.now()))) return plan;
  }
  throw new ScheduleRefusedError(`Somebody else changes the schedule ${name} all the time; try again`);
}

/** @returns what Temporal knew the schedule by before */
async function send(client: Client, name: string, changes: ScheduleChanges): Promise<Token> {
  let token: Token = null;
  const update = unlessChanged(client, () => token)
    .getHandle(name)
    .update((before) => {
      assertOurs(before, name);
      token = before.raw.conflictToken;
      return optionsOnTopOf(before, changed(planOf(before), changes, Date.now()));
    });
  try {
    await found(name, refused(update));
  } catch (error) {
    // A server that says so instead of dropping it.
    if (!isGrpcStatus(error, 'FAILED_PRECONDITION')) throw error;
  }
  return token;
}

type Token = Uint8Array | null | undefined;

/** The SDK has no place for the token that the service takes. */
function unlessChanged(client: Client, token: () => Token): ScheduleClient {
  const service = client.workflowService;
  const updateSchedule = (request: Parameters<typeof service.updateSchedule>[0]) =>
    service.updateSchedule({ ...request, conflictToken: token() ?? null });
  const guarded: unknown = Object.create(service, { updateSchedule: { value: updateSchedule } });
  const connection = Object.create(client.connection, {
    workflowService: { value: guarded },
  }) as Client['connection'];
  const { namespace, identity, loadedDataConverter } = client.options;
  return new ScheduleClient({ connection, namespace, identity, dataConverter: loadedDataConverter });
}

async function changedSince(client: Client, name: string, token: Token): Promise<ScheduleDescription> {
  const endMs = Date.now() + TAKEN_WITHIN_MS;
  while (Date.now() < endMs) {
    const described = await ofOurs(client, name);
    if (!isDeepStrictEqual(described.raw.conflictToken, token)) return described;
    await delay(LOOK_EVERY_MS);
  }
  throw new ScheduleRefusedError(
    `Temporal has not changed the schedule ${name} within ${TAKEN_WITHIN_MS / 1000} s; darkroom schedule show ${name} says what it is now`,
  );
}

/** As JSON, which is how Temporal has kept them. */
function isSame(one: WholePlan, other: WholePlan): boolean {
  return comparable(one) === comparable(other);
}

function comparable({ spec, ...plan }: WholePlan): string {
  return JSON.stringify({ ...plan, times: wordsOf(spec), timezone: spec.timezone });
}
