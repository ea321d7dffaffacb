import type { Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { clockNotes } from '../schedules/clock-notes';
import type { ScheduleSpec } from '../schedules/next-times';
import { notesOnDays } from '../schedules/read-times';

/** What whoever chose the times of a schedule should know, and need not mend. */
export async function scheduleNotes(client: Client, name: string, spec: ScheduleSpec): Promise<string[]> {
  const clocks = await clockNotes(spec, Date.now(), (fromMs, toMs) => starts(client, name, fromMs, toMs));
  return [...notesOnDays(spec), ...clocks];
}

async function starts(client: Client, name: string, fromMs: number, toMs: number): Promise<number[]> {
  const found = await client.workflowService.listScheduleMatchingTimes({
    namespace: client.options.namespace,
    scheduleId: name,
    // Temporal leaves out what comes at the start itself.
    startTime: msToTs(fromMs - 1000),
    endTime: msToTs(toMs),
  });
  return found.startTime.map((at) => tsToMs(at));
}
