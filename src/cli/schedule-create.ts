import type { ScheduledRows } from '../contract/schedule';
import { changed, DEFAULTS } from '../client/schedule-plan';
import { readTimes } from '../schedules/read-times';
import { assertName } from '../schedules/schedule-name';
import { InputError } from './input-error';
import { withDarkroom, type HomeOption, type Reach } from './reach';
import { ruleFrom, settingsFrom, timesFrom, type ScheduleOptions } from './schedule-options';
import { keptRows } from './schedule-rows';
import { showLines } from './schedule-show';

/** `darkroom schedule create NAME` */
export async function scheduleCreate(
  name: string,
  { home, paused, note, ...options }: HomeOption & ScheduleOptions & { paused?: true; note?: string },
): Promise<void> {
  assertName(name);
  const times = timesFrom(options);
  if (times === null) throw new InputError('Say when: --cron, --every or --calendar');
  const rule = await ruleFrom(options);
  if (rule === null && options.manifest === undefined)
    throw new InputError('Say what is to be trained: --manifest or --every-folder');
  const settings = settingsFrom(options);
  // Before photos are taken over.
  const spec = readTimes(times, settings.timezone ?? DEFAULTS.timezone, Date.now());
  const rows = { manifest: '', rows: 0, pages: [] };
  changed({ ...DEFAULTS, spec, rows }, settings, Date.now());
  await withDarkroom({ home }, async (darkroom, found) => {
    const { notes } = await darkroom.schedules.create(name, {
      ...settings,
      times,
      rows: (await rowsFrom(rule, options, found)) ?? rows,
      isPaused: paused,
      note,
    });
    process.stdout.write(`Created ${name}${paused === true ? ', paused' : ''}\n`);
    sayNotes(notes);
    process.stdout.write(showLines(await darkroom.schedules.get(name)));
  });
}

/** `darkroom schedule update NAME` */
export async function scheduleUpdate(
  name: string,
  { home, ...options }: HomeOption & ScheduleOptions,
): Promise<void> {
  const rule = await ruleFrom(options);
  const changes = { ...settingsFrom(options), times: timesFrom(options) ?? undefined };
  await withDarkroom({ home }, async (darkroom, found) => {
    const rows = await rowsFrom(rule, options, found);
    if (rows === undefined && Object.values(changes).every((value) => value === undefined))
      throw new InputError('Say what is to be changed; darkroom schedule update --help lists what can be');
    const { notes } = await darkroom.schedules.update(name, { ...changes, rows });
    process.stdout.write(`Updated ${name}\n`);
    sayNotes(notes);
    process.stdout.write(showLines(await darkroom.schedules.get(name)));
  });
}

async function rowsFrom(
  rule: Awaited<ReturnType<typeof ruleFrom>>,
  { manifest }: ScheduleOptions,
  found: Reach,
): Promise<ScheduledRows | undefined> {
  if (rule !== null) return { everyFolder: rule };
  return manifest === undefined ? undefined : keptRows(manifest, found);
}

function sayNotes(notes: readonly string[]): void {
  for (const note of notes) process.stderr.write(`Note: ${note}\n`);
}
