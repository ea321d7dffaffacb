import { keptRequests } from '../batches/keep-manifest';
import type { ScheduledRows } from '../contract/schedule';
import type { TrainRequest } from '../contract/request';
import { shelfFrom } from '../storage-from';
import { withRefs } from './batch-run';
import { findRows, problemLine } from './batch-rows';
import { counted } from './counted';
import { InputError } from './input-error';
import type { Reach } from './reach';

/**
 * Takes the photos of a manifest over, and keeps its rows where the workers read them. What runs at night has nobody who
 * would see which rows were left out, so all of them have to be right.
 *
 * @throws InputError
 */
export async function keptRows(
  file: string,
  { config, photosDir, storage }: Pick<Reach, 'config' | 'photosDir' | 'storage'>,
): Promise<ScheduledRows> {
  const { rows, problems } = await findRows(file);
  const shelf = shelfFrom({ ...config, photosDir });
  const requests: TrainRequest[] = [];
  for (const row of problems.length > 0 ? [] : rows) {
    const taken = await withRefs(row, shelf);
    if ('message' in taken) problems.push(taken);
    else requests.push(taken);
  }
  if (problems.length > 0)
    throw new InputError(
      [
        `Not right in ${file}, so mend first (${counted(problems.length, 'row')}):`,
        ...problems.map(problemLine),
      ].join('\n  '),
    );
  return keptRequests(requests, storage);
}
