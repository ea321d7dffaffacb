import type { z } from 'zod';
import type { ScheduleStatus, ScheduleSummary } from '../../contract/schedule';
import type { scheduleSchema } from './schedule-schemas';

/** What the client library says of a schedule, as JSON has it. */
export function shownSummary<T extends ScheduleSummary>({ name, nextAt, lastStartedAt, ...rest }: T) {
  return {
    ...rest,
    id: name,
    nextAt: nextAt.map((at) => at.toISOString()),
    lastStartedAt: lastStartedAt?.toISOString() ?? null,
  };
}

export function shownSchedule({ runs, ...rest }: ScheduleStatus): z.infer<typeof scheduleSchema> {
  return {
    ...shownSummary(rest),
    runs: runs.map((run) => ({
      ...run,
      scheduledAt: run.scheduledAt.toISOString(),
      startedAt: run.startedAt.toISOString(),
    })),
  };
}
