import type { ScheduledBatch, ScheduleStatus, ScheduleSummary } from '../contract/schedule';
import { describeDuration } from '../duration';
import { localMs } from '../schedules/local-time';
import { withDarkroom, type HomeOption } from './reach';

/** `darkroom schedule list` */
export async function scheduleList({ json, ...options }: HomeOption & { json?: true }): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    const all = await darkroom.schedules.list();
    if (json === true) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    else if (all.length === 0) process.stdout.write('No schedules.\n');
    else for (const one of all) process.stdout.write(`${summaryLine(one)}\n`);
  });
}

/** `darkroom schedule show NAME` */
export async function scheduleShow(
  name: string,
  { json, ...options }: HomeOption & { json?: true },
): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    const schedule = await darkroom.schedules.get(name);
    process.stdout.write(json === true ? `${JSON.stringify(schedule, null, 2)}\n` : showLines(schedule));
  });
}

function summaryLine({ name, isPaused, note, times, timezone, nextAt: [next] }: ScheduleSummary): string {
  const when = isPaused ? pausedWords(note) : next === undefined ? 'never again' : `next ${utc(next)}`;
  return [name, when, `${times.join(', ')} (${timezone})`].join('  ');
}

function pausedWords(note: string): string {
  return note === '' ? 'paused' : `paused: ${note}`;
}

export function showLines(schedule: ScheduleStatus): string {
  const { name, trains, times, timezone, isPaused, note, nextAt, runs } = schedule;
  const { overlap, catchUpMs, jitterMs, inFlight, pauseOnFailure, budgetCredits } = schedule;
  const lines = [
    `${name} · ${trains}, ${inFlight} at once${budgetCredits === null ? '' : `, ${budgetCredits} credits at most`}`,
    `times    ${times.join(', ')} (${timezone})${jitterMs > 0 ? `, up to ${describeDuration(jitterMs)} later` : ''}`,
    `overlap  ${overlap} · catch-up ${describeDuration(catchUpMs)}${pauseOnFailure ? ' · pauses on failure' : ''}`,
    ...(isPaused ? [pausedWords(note)] : note === '' ? [] : [`note     ${note}`]),
    `skipped  ${schedule.skippedByOverlap} while another ran · ${schedule.missedCatchUp} missed for too long`,
    isPaused ? 'next, if it were not paused' : 'next',
    ...(nextAt.length === 0 ? ['  none'] : nextAt.map((at) => `  ${inZone(at, timezone)}`)),
    'last',
    ...(runs.length === 0 ? ['  none'] : runs.map(runLine)),
  ];
  return `${lines.join('\n')}\n`;
}

function runLine({ id, outcome, status, message }: ScheduledBatch): string {
  const how = status?.line ?? message;
  return `  ${id}  ${outcome}${how === '' ? '' : `  ${how}`}`;
}

function inZone(at: Date, timezone: string): string {
  if (timezone === 'UTC') return utc(at);
  return `${utc(new Date(localMs(timezone, at.getTime()))).slice(0, 19)} ${timezone}  ${utc(at)}`;
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
