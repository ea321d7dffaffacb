import { keepManifest, keepNotRight } from '../batches/keep-manifest';
import type { RowProblem } from '../batches/manifest-row';
import type { Darkroom } from '../client';
import type { BatchOrder } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { shelfFrom } from '../storage-from';
import type { PhotoShelf } from '../storage/photo-shelf';
import { followBatch } from './batch-follow';
import { findRows, problemLine, type FoundRow } from './batch-rows';
import { checkedId } from './checked-id';
import { EXIT } from './exit-code';
import { importPhotos } from './import-photos';
import { InputError } from './input-error';
import { meansFrom } from './means-option';
import { withDarkroom, type HomeOption } from './reach';
import { countOption } from './read-option';

interface BatchRunOptions extends HomeOption {
  id?: string;
  inFlight: string;
  budget?: string;
  partial?: true;
  detach?: true;
}

/** `darkroom batch run FILE`: trains every good row, once, and names those that are not. */
export async function batchRun(
  file: string,
  { id, inFlight, budget, partial, detach, ...options }: BatchRunOptions,
): Promise<void> {
  const chosenId = checkedId(id);
  const most = countOption('--in-flight', inFlight, { min: 1, max: 1000 });
  const means = meansFrom({ budget, partial });
  const found = await findRows(file);
  const left: RowProblem[] = [];
  const leaveOut = (problem: RowProblem) => {
    left.push(problem);
    process.stderr.write(`${problemLine(problem)}\n`);
  };
  found.problems.forEach(leaveOut);
  await withDarkroom(options, async (darkroom, { photosDir, storage, config }) => {
    const shelf = shelfFrom({ ...config, photosDir });
    const requests: TrainRequest[] = [];
    const numbers: number[] = [];
    for (const row of found.rows) {
      const taken = await withRefs(row, shelf);
      if ('message' in taken) {
        leaveOut(taken);
        continue;
      }
      requests.push(taken);
      numbers.push(row.row);
    }
    if (requests.length === 0) throw new InputError(`No row of ${file} can be trained; nothing was started`);
    const { digest, ...order } = await keepManifest(requests, storage, numbers);
    const batchId = chosenId ?? `batch-${digest.slice(0, 12)}`;
    const kept = left.sort((a, b) => a.row - b.row);
    const notRight = await keepNotRight(kept, { manifest: order.manifest, storage });
    const how = await darkroom.startBatch(batchId, {
      ...order,
      ...means,
      inFlight: most,
      ...(notRight !== null && { notRight }),
    });
    const others = left.length === 0 ? '' : `, ${left.length} left out`;
    process.stdout.write(
      `${how === 'started' ? 'Started' : 'Joined'} ${batchId}: ${requests.length} rows${others}\n`,
    );
    if (how === 'joined') await sayWhatHolds(darkroom, batchId, { inFlight: most, ...means });
    if (detach === true) process.stdout.write(`It goes on by itself: darkroom batch watch ${batchId}\n`);
    else await followBatch(darkroom, batchId);
    if (left.length > 0 && (process.exitCode ?? 0) === 0) process.exitCode = EXIT.trainingFailed;
  });
}

/** Whoever asks for less than what runs should know that it does not get it. */
async function sayWhatHolds(
  darkroom: Darkroom,
  id: string,
  asked: Pick<BatchOrder, 'inFlight' | 'budgetCredits'>,
): Promise<void> {
  // Without a worker nobody can say it, and it is joined all the same.
  const status = await darkroom.batch(id).catch(() => null);
  if (status === null) return;
  const { inFlight, budgetCredits } = status;
  if (inFlight === asked.inFlight && budgetCredits === (asked.budgetCredits ?? null)) return;
  const budget = budgetCredits === null ? 'no budget' : `a budget of ${budgetCredits} credits`;
  process.stderr.write(
    `It runs already, with ${inFlight} at once and ${budget}; another budget is set by darkroom batch retry ${id} --budget CREDITS\n`,
  );
}

/** A photo that cannot be taken over is not left out: the row would be paid for with fewer than were meant. */
export async function withRefs(
  { row, request, photos }: FoundRow,
  shelf: PhotoShelf,
): Promise<TrainRequest | RowProblem> {
  const imported =
    'refs' in photos
      ? photos.refs.map((ref) => ({ name: ref, ref, reason: null }))
      : await importPhotos(photos.files, shelf, photos.root);
  const refused = imported.find(({ ref }) => ref === null);
  if (refused !== undefined)
    return {
      row,
      message: `photos: ${refused.name} cannot be taken over (${refused.reason ?? 'unreadable'})`,
    };
  const whole = trainRequestSchema.safeParse({ ...request, photos: imported.map(({ ref }) => ref) });
  if (whole.success) return whole.data;
  const [issue] = whole.error.issues;
  return { row, message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
}
