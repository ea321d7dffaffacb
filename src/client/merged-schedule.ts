import type { Client, ScheduleDescription } from '@temporalio/client';
import {
  encodeScheduleAction,
  encodeSchedulePolicies,
  encodeScheduleSpec,
} from '@temporalio/client/lib/schedule-helpers';
import type { temporal } from '@temporalio/proto';
import type { ScheduleChanges } from '../contract/schedule';
import { optionsOf } from './schedule-options';
import { changesOrder, orderWith, type WholePlan } from './schedule-plan';

type Schedule = temporal.api.schedule.v1.ISchedule;
type Start = NonNullable<temporal.api.schedule.v1.IScheduleAction['startWorkflow']>;

/**
 * What the server keeps of the schedule, with these changes alone. Rewritten whole from what we know of, it would lose what
 * others have set in Temporal's UI or by its CLI: days that are left out, a start and an end, a retry policy, a limit of actions.
 */
export async function mergedSchedule(
  client: Client,
  described: ScheduleDescription,
  { plan, changes }: { plan: WholePlan; changes: ScheduleChanges },
): Promise<Schedule> {
  const was = described.raw.schedule ?? {};
  const options = optionsOf(described.scheduleId, plan);
  return {
    ...was,
    spec: { ...was.spec, ...changedSpec(options.spec, changes) },
    policies: { ...was.policies, ...changedPolicies(options.policies, changes) },
    ...(changesOrder(changes) && {
      action: {
        ...was.action,
        startWorkflow: await changedStart(client, described, { action: options.action, plan, changes }),
      },
    }),
  };
}

type Options = ReturnType<typeof optionsOf>;

function changedSpec(
  spec: Options['spec'],
  { times, timezone, jitterMs }: ScheduleChanges,
): Schedule['spec'] {
  const { structuredCalendar, interval, timezoneName, jitter } = encodeScheduleSpec(spec);
  return {
    ...(times !== undefined && { structuredCalendar, interval }),
    // The rules of a zone that somebody sent along would go before its name.
    ...(timezone !== undefined && { timezoneName, timezoneData: null }),
    ...(jitterMs !== undefined && { jitter: jitter ?? null }),
  };
}

function changedPolicies(
  policies: Options['policies'],
  { overlap, catchUpMs, pauseOnFailure }: ScheduleChanges,
): Schedule['policies'] {
  const { overlapPolicy, catchupWindow } = encodeSchedulePolicies(policies);
  return {
    ...(overlap !== undefined && { overlapPolicy }),
    ...(catchUpMs !== undefined && { catchupWindow }),
    ...(pauseOnFailure !== undefined && { pauseOnFailure }),
  };
}

async function changedStart(
  { options: { namespace, loadedDataConverter } }: Client,
  described: ScheduleDescription,
  { action, plan, changes }: { action: Options['action']; plan: WholePlan; changes: ScheduleChanges },
): Promise<Start> {
  const was = described.raw.schedule?.action?.startWorkflow ?? {};
  const [order, ...others] = (described.action.args ?? []) as readonly unknown[];
  const compiled = {
    ...action,
    // Whose payloads may be encrypted for.
    workflowId: was.workflowId ?? action.workflowId,
    args: [orderWith(order, { plan, changes }), ...others],
  };
  const { startWorkflow } = await encodeScheduleAction(loadedDataConverter, namespace, compiled, {});
  return {
    ...was,
    input: startWorkflow?.input ?? null,
    // It says which rows, and how many at once; somebody may have said something else.
    ...((changes.rows ?? changes.inFlight) !== undefined && {
      userMetadata: { ...was.userMetadata, summary: startWorkflow?.userMetadata?.summary ?? null },
    }),
    ...(changes.rows !== undefined && { memo: memoWith(was.memo, startWorkflow?.memo) }),
  };
}

/** Rows that are looked for have no manifest: that of before would be taken for theirs. */
function memoWith(was: Start['memo'], now: Start['memo']): NonNullable<Start['memo']> {
  const others = Object.entries(was?.fields ?? {}).filter(([name]) => name !== 'manifest');
  return { fields: { ...Object.fromEntries(others), ...now?.fields } };
}
