import { ScheduleAlreadyRunning, type Client } from '@temporalio/client';
import type { ScheduleChanges, SchedulePlan, ScheduleStatus, ScheduleSummary } from '../contract/schedule';
import { TRAIN_BATCH_WORKFLOW } from '../contract/names';
import { errorMessage } from '../error-facts';
import type { ScheduleSpec } from '../schedules/next-times';
import { readTimes } from '../schedules/read-times';
import { assertName } from '../schedules/schedule-name';
import { assertNote } from '../schedules/schedule-note';
import { ScheduleExistsError } from './errors';
import { backfillSchedule, type BackfillRange } from './backfill-schedule';
import { found, ofOurs, refused } from './found-schedule';
import { readSchedule, summaryOf } from './read-schedule';
import { assertPlace, changed, DEFAULTS } from './schedule-plan';
import { scheduleNotes } from './schedule-notes';
import { optionsOf } from './schedule-options';
import { triggerSchedule } from './trigger-schedule';
import { updateSchedule } from './update-schedule';

/** Batches that start by themselves. Each is a schedule of Temporal's, which runs where no process of ours does. */
export interface Schedules {
  /**
   * @returns what whoever chose the times should know of them, such as hours that clocks skip
   * @throws ScheduleInputError · ScheduleExistsError
   */
  create(name: string, plan: SchedulePlan): Promise<{ notes: string[] }>;
  /**
   * What is not named stays, also where somebody else changes it at the same time.
   *
   * @throws ScheduleInputError · ScheduleNotFoundError, as all others · ScheduleRefusedError where others never stop
   */
  update(name: string, changes: ScheduleChanges): Promise<{ notes: string[] }>;
  /** By name. One that has just been made may be missing for a second. */
  list(): Promise<ScheduleSummary[]>;
  get(name: string): Promise<ScheduleStatus>;
  pause(name: string, note: string): Promise<void>;
  resume(name: string, note: string): Promise<void>;
  /** Starts a batch now, also of one that is paused. @returns its id · @throws ScheduleRefusedError where one runs that it may not overlap */
  trigger(name: string): Promise<{ id: string | null }>;
  /**
   * Starts what should have been started between two instants, one after the other.
   *
   * @throws ScheduleInputError · ScheduleRefusedError where some of it has been started already
   */
  backfill(name: string, range: BackfillRange): Promise<{ times: Date[] }>;
  /** What it has started goes on. */
  delete(name: string): Promise<void>;
}

export function schedulesOver(client: Client): Schedules {
  const handle = (name: string) => client.schedule.getHandle(name);
  return {
    async create(name, plan) {
      assertName(name);
      const { times, rows, isPaused = false, note = '', ...settings } = plan;
      assertNote(note);
      assertPlace(rows);
      const spec = readTimes(times, settings.timezone ?? DEFAULTS.timezone, Date.now());
      const whole = changed({ ...DEFAULTS, spec, rows }, settings, Date.now());
      try {
        const state = { paused: isPaused, ...(note !== '' && { note }) };
        await refused(client.schedule.create({ scheduleId: name, ...optionsOf(name, whole), state }));
      } catch (error) {
        throw error instanceof ScheduleAlreadyRunning ? new ScheduleExistsError(name) : error;
      }
      return { notes: await notesOf(client, name, spec) };
    },
    async update(name, changes) {
      return { notes: await notesOf(client, name, await updateSchedule(client, name, changes)) };
    },
    async list() {
      const all: ScheduleSummary[] = [];
      for await (const one of client.schedule.list())
        if (one.action?.workflowType === TRAIN_BATCH_WORKFLOW) all.push(summaryOf(one));
      return all.sort((a, b) => a.name.localeCompare(b.name, 'en'));
    },
    get: (name) => readSchedule(client, name),
    async pause(name, note) {
      assertNote(note);
      await ofOurs(client, name);
      await found(name, handle(name).pause(note === '' ? 'paused' : note));
    },
    async resume(name, note) {
      assertNote(note);
      await ofOurs(client, name);
      await found(name, handle(name).unpause(note === '' ? 'resumed' : note));
    },
    trigger: (name) => triggerSchedule(client, name),
    backfill: (name, range) => backfillSchedule(client, name, range),
    async delete(name) {
      await ofOurs(client, name);
      await found(name, handle(name).delete());
    },
  };
}

/** The schedule is there: that nobody could look at its times is no failure. */
async function notesOf(client: Client, name: string, spec: ScheduleSpec): Promise<string[]> {
  try {
    return await scheduleNotes(client, name, spec);
  } catch (error) {
    return [`what clocks do to its times could not be looked up (${errorMessage(error)})`];
  }
}
