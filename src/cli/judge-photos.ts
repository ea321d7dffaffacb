import type { PhotoPolicy } from '../contract/gates';
import { judgeSet } from '../photos/gates/judge-set';
import type { PhotoPool } from '../photos/process/photo-pool';
import type { PhotoLibrary } from '../photos/set/photo-library';
import { lookAtPhotos, type Located } from '../photos/set/look-at-photos';
import { photoNotRead } from '../storage/photo-source';

export interface JudgeOptions {
  pool: PhotoPool;
  policy: PhotoPolicy;
  library: PhotoLibrary;
  signal: AbortSignal;
  onPhoto: (done: number) => void;
}

/** Looks at a set and judges it as a training does, on this machine. */
export async function judgePhotos<T>(
  photos: readonly T[],
  locate: (photo: T) => Promise<Located>,
  { pool, policy, library, signal, onPhoto }: JudgeOptions,
) {
  let done = 0;
  const { photos: seen, facesUnavailable } = await lookAtPhotos(photos, locate, {
    pool,
    library,
    policy,
    signal,
    notRead: photoNotRead,
    onSeen: () => onPhoto((done += 1)),
    onDeadly: () => undefined,
  });
  return { seen, judged: judgeSet(seen, policy), facesUnavailable };
}
