import type { Overlap } from '../contract/schedule';
import { InputError } from './input-error';
import { withDarkroom, type HomeOption } from './reach';

/** `darkroom schedule pause|resume NAME` */
export async function scheduleSteer(
  name: string,
  word: 'pause' | 'resume',
  { note = '', ...options }: HomeOption & { note?: string },
): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    await darkroom.schedules[word](name, note);
    process.stdout.write(`${word === 'pause' ? 'Paused' : 'Resumed'} ${name}\n`);
  });
}

/** `darkroom schedule trigger NAME` */
export async function scheduleTrigger(
  name: string,
  { json, ...options }: HomeOption & { json?: true },
): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    const { id } = await darkroom.schedules.trigger(name);
    if (json === true) process.stdout.write(`${JSON.stringify({ id })}\n`);
    else if (id === null)
      process.stdout.write(`It starts when its turn comes: darkroom schedule show ${name}\n`);
    else process.stdout.write(`Started ${id}: darkroom batch watch ${id}\n`);
  });
}

/** `darkroom schedule backfill NAME --from TIME --to TIME` */
export async function scheduleBackfill(
  name: string,
  { from, to, overlap, ...options }: HomeOption & { from: string; to: string; overlap?: Overlap },
): Promise<void> {
  const range = { from: instant('--from', from), to: instant('--to', to), overlap };
  await withDarkroom(options, async (darkroom) => {
    const { times } = await darkroom.schedules.backfill(name, range);
    const [first] = times;
    process.stdout.write(
      `${times.length} batches of ${name} start, the first for ${first?.toISOString() ?? ''}: darkroom schedule show ${name}\n`,
    );
  });
}

/** `darkroom schedule delete NAME` */
export async function scheduleDelete(name: string, options: HomeOption): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    await darkroom.schedules.delete(name);
    process.stdout.write(`Deleted ${name}; what it has started goes on\n`);
  });
}

/** With its zone: a time of day alone is another instant on the machine of somebody else. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function instant(option: string, text: string): Date {
  const at = new Date(text);
  // Date takes the 30th of February for the 2nd of March.
  const isDay =
    !Number.isNaN(at.getTime()) &&
    new Date(`${text.slice(0, 10)}T00:00Z`).toISOString().startsWith(text.slice(0, 10));
  if (INSTANT.test(text) && isDay) return at;
  throw new InputError(
    `${option} expects a day such as 2026-11-01 (midnight UTC) or a time with its zone such as 2026-11-01T02:00:00Z, received "${text}"`,
  );
}
