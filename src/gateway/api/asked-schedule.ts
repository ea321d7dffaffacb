import { trainedTwice } from '../../batches/trained-twice';
import type { FolderRule } from '../../contract/batch';
import type { TrainRequest } from '../../contract/request';
import type { ScheduledRows, ScheduleTimes } from '../../contract/schedule';
import { ProblemError } from './problem';

/** Puts the rows of a manifest where the workers read them. */
export type KeepRows = (requests: readonly TrainRequest[]) => Promise<ScheduledRows>;

interface AskedRows {
  manifest: TrainRequest[] | undefined;
  everyFolder: FolderRule | undefined;
}

export function timesFrom(times: ScheduleTimes): ScheduleTimes | undefined {
  const isEmpty = Object.values(times).every((one: unknown) => one === undefined);
  return isEmpty ? undefined : times;
}

export function rowsFrom(asked: AskedRows, keepRows: KeepRows, need: 'needed'): Promise<ScheduledRows>;
export function rowsFrom(
  asked: AskedRows,
  keepRows: KeepRows,
  need: 'optional',
): Promise<ScheduledRows | undefined>;
export async function rowsFrom(
  { manifest, everyFolder }: AskedRows,
  keepRows: KeepRows,
  need: 'needed' | 'optional',
): Promise<ScheduledRows | undefined> {
  if (manifest !== undefined && everyFolder !== undefined)
    throw new ProblemError(
      'invalid-request',
      'manifest and everyFolder are two kinds of batches; send one of them',
    );
  if (everyFolder !== undefined) return { everyFolder };
  if (manifest !== undefined) {
    assertOnce(manifest);
    return keepRows(manifest);
  }
  if (need === 'optional') return undefined;
  throw new ProblemError('invalid-request', 'Send what is to be trained: manifest or everyFolder');
}

function assertOnce(manifest: readonly TrainRequest[]): void {
  for (const [place, first] of trainedTwice(manifest))
    throw new ProblemError(
      'invalid-request',
      `${manifest[place]?.subject ?? ''} is in two rows; to train it twice and pay twice, set another generation`,
      [{ path: `/manifest/${place}/subject`, message: `is that of /manifest/${first} already` }],
    );
}
