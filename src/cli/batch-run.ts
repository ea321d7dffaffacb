import { keepManifest } from '../batches/keep-manifest';
import type { RowProblem } from '../batches/manifest-row';
import { trainRequestSchema } from '../contract/request-schema';
import { shelfFrom } from '../storage-from';
import type { PhotoShelf } from '../storage/photo-shelf';
import { findRows, problemLines, type FoundRow } from './batch-rows';
import { followBatch } from './batch-follow';
import { checkedId } from './checked-id';
import { importPhotos } from './import-photos';
import { InputError } from './input-error';
import { withDarkroom, type HomeOption } from './reach';
import { countOption } from './read-option';

interface BatchRunOptions extends HomeOption {
  id?: string;
  inFlight: string;
  detach?: true;
}

/** `darkroom batch run FILE`: trains every good row, once, and names those that are not. */
export async function batchRun(
  file: string,
  { id, inFlight, detach, ...options }: BatchRunOptions,
): Promise<void> {
  const chosenId = checkedId(id);
  const most = countOption('--in-flight', inFlight, { min: 1, max: 1000 });
  const found = await findRows(file);
  await withDarkroom(options, async (darkroom, { photosDir, storage, config }) => {
    const shelf = shelfFrom({ ...config, photosDir });
    const ready: { row: number; request: FoundRow['request'] }[] = [];
    const problems = [...found.problems];
    for (const row of found.rows) {
      const taken = await withRefs(row, shelf);
      if ('message' in taken) problems.push(taken);
      else ready.push(taken);
    }
    for (const line of problemLines(problems)) process.stderr.write(`${line}\n`);
    if (ready.length === 0) throw new InputError(`No row of ${file} can be trained; nothing was started`);
    const { digest, ...order } = await keepManifest(ready, storage);
    const batchId = chosenId ?? `batch-${digest.slice(0, 12)}`;
    const how = await darkroom.startBatch(batchId, { ...order, inFlight: most });
    const left = problems.length === 0 ? '' : `, ${problems.length} left out`;
    process.stdout.write(
      `${how === 'started' ? 'Started' : 'Joined'} ${batchId}: ${ready.length} rows${left}\n`,
    );
    if (detach === true) process.stdout.write(`It goes on by itself: darkroom batch watch ${batchId}\n`);
    else await followBatch(darkroom, batchId);
  });
}

async function withRefs(
  { row, request, photos }: FoundRow,
  shelf: PhotoShelf,
): Promise<{ row: number; request: FoundRow['request'] } | RowProblem> {
  const refs =
    'refs' in photos
      ? photos.refs
      : (await importPhotos(photos.files, shelf)).flatMap(({ ref }) => (ref === null ? [] : [ref]));
  const whole = trainRequestSchema.safeParse({ ...request, photos: refs });
  if (whole.success) return { row, request: whole.data };
  const [issue] = whole.error.issues;
  return {
    row,
    message:
      refs.length === 0
        ? 'photos: none of them can be read'
        : `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  };
}
