import { again } from '../failures';
import { isStore } from '../submissions/store-identity';
import type { Storage } from '../storage/port';

/**
 * Ends an activity that came to a worker with another store than the training began with: there, nothing would be on
 * record, and what was paid would be paid again. Temporal hands it to the next worker.
 *
 * @param id null in the order of a run that an older release began
 */
export async function assertOwnStore(storage: Storage, id: string | null): Promise<void> {
  if (id === null || (await isStore(storage, id))) return;
  throw again(
    'OtherStore',
    "This worker's store is not the one that the training began with; give all workers the same DARKROOM_STORE or DARKROOM_STORE_DIR, or put the store back",
    null,
  );
}
