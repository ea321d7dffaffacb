import { createHash } from 'node:crypto';
import { log } from '@temporalio/activity';
import type { PhotoRef, PhotoVerdict } from '../contract/photo';
import { normalizePhoto, maxPhotoBytes } from '../photos/normalize';
import { recipeId } from '../photos/recipe';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { mapInFlight } from './map-in-flight';
import { readVerdict, writeVerdict } from './photo-verdict-record';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';

/** What a beat says, and the Temporal UI shows: how far the photo set is. */
export interface NormalizeProgress {
  done: number;
  total: number;
}

/**
 * Looks at every photo and normalizes the good ones into the store, under keys of content and recipe. A finished
 * photo leaves a record in the store, so a repeated activity, on whatever machine, decodes only what is missing.
 */
export function normalizePhotos({ storage, photoSource, photosInFlight }: ActivityPorts) {
  /** @param storeId of the store that the training began with; absent where an older release asks */
  return async (photos: readonly PhotoRef[], storeId: string | null = null): Promise<PhotoVerdict[]> => {
    const progress: NormalizeProgress = { done: 0, total: photos.length };
    return sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ ...progress }),
        async (beat, signal) => {
          await assertOwnStore(storage, storeId);
          return mapInFlight(photos, photosInFlight, async (photo, index) => {
            signal.throwIfAborted();
            const verdict = await verdictOn(photo, index);
            progress.done += 1;
            beat();
            return verdict;
          });
        },
      ),
    );
  };

  async function verdictOn(photo: PhotoRef, index: number): Promise<PhotoVerdict> {
    const fetched = await photoSource.fetch(photo, maxPhotoBytes);
    if ('rejected' in fetched)
      return { photo, verdict: 'rejected', reasons: [fetched.rejected], output: null };

    const contentHash = sha256(fetched.bytes);
    const recordKey = `verdicts/${recipeId()}/${contentHash}.json`;
    const known = await readVerdict(storage, recordKey);
    // A picture may have been deleted since; its record alone promises nothing.
    if (known !== null && (known.output === null || (await storage.has(known.output))))
      return { photo, ...known };

    const normalized = await normalizePhoto(fetched.bytes);
    const { verdict, reasons } = normalized;
    let output: string | null = null;
    if (normalized.verdict !== 'rejected') {
      output = `normalized/${recipeId()}/${contentHash}.jpg`;
      await storage.put(output, normalized.jpeg);
    }
    const record = await writeVerdict(storage, recordKey, { verdict, reasons, output });
    // Counted by the tests of "no finished photo is done twice"; by number, because a name may say who it is.
    log.info('photo finished', { photoNumber: index + 1, verdict });
    return { photo, ...record };
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
