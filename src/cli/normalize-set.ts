import path from 'node:path';
import type { PhotoPolicy } from '../contract/gates';
import type { PhotoVerdict } from '../contract/photo';
import { maxPhotoBytes } from '../photos/limits';
import type { PhotoPool } from '../photos/process/photo-pool';
import { reportPhotos } from '../photos/report/report-record';
import { writeReport } from '../photos/report/write-report';
import { describeSet, remarksOf, type SetDescription } from '../photos/set/describe-set';
import { memoryLibrary } from '../photos/set/memory-library';
import { locatePhotoFile } from '../storage/photo-source';
import type { PhotoFile } from './collect-photos';
import { freeNames } from './free-names';
import { judgePhotos } from './judge-photos';

export interface NormalizeOptions {
  pool: PhotoPool;
  policy: PhotoPolicy;
  creditsPerPhoto: number;
  signal: AbortSignal;
  onPhoto: (done: number) => void;
}

export interface NormalizedSet {
  /** `output` is the name of the picture in `pictures`. */
  verdicts: PhotoVerdict[];
  pictures: Map<string, Buffer>;
  description: SetDescription;
  /** The page. */
  report: string;
}

/** A verdict on each file, and a picture of each good one. All are held in memory: 0.1 MB each. */
export async function normalizeSet(
  photos: readonly PhotoFile[],
  { pool, policy, creditsPerPhoto, signal, onPhoto }: NormalizeOptions,
): Promise<NormalizedSet> {
  const library = memoryLibrary();
  const { seen, judged, facesUnavailable } = await judgePhotos(
    photos,
    ({ file }) => locatePhotoFile(path.resolve(file), maxPhotoBytes),
    { pool, policy, library, signal, onPhoto },
  );
  const nameFor = freeNames();
  const verdicts: PhotoVerdict[] = [];
  const pictures = new Map<string, Buffer>();
  for (const [index, { name }] of photos.entries()) {
    const set = judged[index];
    const hash = seen[index]?.contentHash ?? null;
    if (set === undefined) throw new TypeError(`no verdict on photo ${index}`);
    const { judgement, twin } = set;
    const jpeg =
      hash !== null && judgement.verdict !== 'rejected' ? (await library.pictures(hash)).jpeg : null;
    const output = jpeg === null ? null : nameFor(name);
    if (jpeg !== null && output !== null) pictures.set(output, jpeg);
    verdicts.push({ photo: name, ...judgement, output, ...(twin !== null && { twin: photos[twin]?.name }) });
  }
  const terms = { creditsPerPhoto, maxPhotos: null, policy, facesUnavailable: facesUnavailable !== null };
  const description = describeSet(verdicts, seen, terms);
  const page = { photos: reportPhotos(verdicts, seen, policy.crop), remarks: remarksOf(description) };
  return { verdicts, pictures, description, report: await writeReport(page, library) };
}
