import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoPolicy } from '../contract/gates';
import type { PhotoVerdict } from '../contract/photo';
import type { PhotoSummary } from '../contract/result';
import { judgeSet } from '../photos/gates/judge-set';
import { maxPhotoBytes } from '../photos/limits';
import type { PhotoPool } from '../photos/process/photo-pool';
import { reportRecord } from '../photos/report/report-record';
import { writeReport } from '../photos/report/write-report';
import { describeSet } from '../photos/set/describe-set';
import { lookAtPhotos } from '../photos/set/look-at-photos';
import { memoryLibrary } from '../photos/set/memory-library';
import { locatePhotoFile } from '../storage/photo-source';
import type { PhotoFile } from './collect-photos';
import { freeNames } from './free-names';

export interface NormalizeOptions {
  pool: PhotoPool;
  policy: PhotoPolicy;
  creditsPerPhoto: number;
  signal: AbortSignal;
  onPhoto: (done: number) => void;
}

/** Writes `NAME.jpg` for each good photo and `report.html`. The pictures of all are in memory: 0.1 MB each. */
export async function normalizeInto(
  out: string,
  photos: readonly PhotoFile[],
  { pool, policy, creditsPerPhoto, signal, onPhoto }: NormalizeOptions,
): Promise<{ verdicts: PhotoVerdict[]; summary: PhotoSummary }> {
  const library = memoryLibrary();
  let done = 0;
  const { photos: seen, facesUnavailable } = await lookAtPhotos(
    photos,
    ({ file }) => locatePhotoFile(path.resolve(file), maxPhotoBytes),
    {
      pool,
      library,
      policy,
      signal,
      onSeen: () => onPhoto((done += 1)),
      onDeadly: () => undefined,
    },
  );
  const judged = judgeSet(seen, policy);
  const nameFor = freeNames();
  const verdicts: PhotoVerdict[] = [];
  for (const [index, { name }] of photos.entries()) {
    const set = judged[index];
    const hash = seen[index]?.contentHash ?? null;
    if (set === undefined) throw new TypeError(`no verdict on photo ${index}`);
    const { judgement, twin } = set;
    const jpeg =
      hash !== null && judgement.verdict !== 'rejected' ? (await library.pictures(hash)).jpeg : null;
    const output = jpeg === null ? null : nameFor(name);
    if (jpeg !== null && output !== null) await writeFile(path.join(out, output), jpeg);
    verdicts.push({ photo: name, ...judgement, output, ...(twin !== null && { twin: photos[twin]?.name }) });
  }
  const { gates, crop } = policy;
  const terms = { creditsPerPhoto, maxPhotos: null, gates, facesUnavailable: facesUnavailable !== null };
  const description = describeSet(verdicts, seen, terms);
  const report = path.join(out, 'report.html');
  const record = reportRecord(verdicts, seen, description, { recipe: await pool.recipe(), crop });
  await writeFile(report, await writeReport(record, library));
  const { advice, creditsSaved, notices } = description;
  return { verdicts, summary: { advice, creditsSaved, notices, report } };
}
