import type { z } from 'zod';
import type { ScheduleStatus, ScheduleSummary } from '../../contract/schedule';
import type { scheduleSchema, schedulesSchema } from './schedule-schemas';

export function shownSummary(one: ScheduleSummary): z.infer<typeof schedulesSchema>['schedules'][number] {
  const { name, isPaused, note, timezone, times, nextAt, lastStartedAt } = one;
  return {
    id: name,
    isPaused,
    note,
    timezone,
    times,
    nextAt: nextAt.map((at) => at.toISOString()),
    lastStartedAt: lastStartedAt?.toISOString() ?? null,
  };
}

export function shownSchedule(one: ScheduleStatus): z.infer<typeof scheduleSchema> {
  return {
    ...one,
    ...shownSummary(one),
    runs: one.runs.map((run) => ({
      ...run,
      scheduledAt: run.scheduledAt.toISOString(),
      startedAt: run.startedAt.toISOString(),
    })),
  };
}
