import type { Client, ScheduleDescription, ScheduleSummary as ListedSchedule } from '@temporalio/client';
import type { ScheduleStatus, ScheduleSummary } from '../contract/schedule';
import { ofOurs } from './found-schedule';
import { planOf, trainsWhat } from './schedule-plan';
import { fromTemporal, wordsOf } from './schedule-spec';
import { scheduledBatches } from './scheduled-batches';

/** @throws ScheduleNotFoundError */
export async function readSchedule(client: Client, name: string): Promise<ScheduleStatus> {
  const described = await ofOurs(client, name);
  const { spec, rows, ...settings } = planOf(described);
  return {
    ...summaryOf(described, spec),
    ...settings,
    trains: trainsWhat(rows),
    runs: await scheduledBatches(client, described),
    skippedByOverlap: described.info.numActionsSkippedOverlap,
    missedCatchUp: described.info.numActionsMissedCatchupWindow,
  };
}

export function summaryOf(
  { scheduleId, spec: described, state, info }: ScheduleDescription | ListedSchedule,
  spec = fromTemporal(described ?? {}),
): ScheduleSummary {
  return {
    name: scheduleId,
    isPaused: state.paused,
    note: state.note ?? '',
    timezone: spec.timezone,
    times: wordsOf(spec),
    nextAt: info.nextActionTimes.slice(0, 10),
    lastStartedAt: info.recentActions.at(-1)?.takenAt ?? null,
  };
}
