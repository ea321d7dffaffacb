import type { Steering } from '../contract/batch';
import { followBatch } from './batch-follow';
import { withDarkroom, type HomeOption } from './reach';
import { rowsOption } from './read-option';

/** `darkroom batch watch ID` */
export async function batchWatch(id: string, options: HomeOption): Promise<void> {
  await withDarkroom(options, (darkroom) => followBatch(darkroom, id));
}

/** `darkroom batch pause|resume ID` */
export async function batchSteer(id: string, steering: Steering, options: HomeOption): Promise<void> {
  await withDarkroom(options, async (darkroom) => {
    const { line } = await darkroom.steerBatch(id, steering);
    process.stdout.write(`${line}\n`);
  });
}

/** `darkroom batch cancel ID`, or some of its rows */
export async function batchCancel(
  id: string,
  { row, ...options }: HomeOption & { row: string[] },
): Promise<void> {
  const rows = rowsOption(row);
  if (rows.length === 0) return batchSteer(id, { do: 'cancel' }, options);
  await withDarkroom(options, async (darkroom) => {
    const { line } = await darkroom.cancelRows(id, rows);
    process.stdout.write(`${line}\n`);
  });
}
