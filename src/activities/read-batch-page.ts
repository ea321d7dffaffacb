import type { BatchRow } from '../contract/batch';
import { neverAgain } from '../failures';
import type { Storage } from '../storage/port';
import { sayingWhatFailed } from './activity-failure';

/** Rows of a manifest, as whoever started the batch has put them into the store. */
export function readBatchPage({ storage }: { storage: Storage }) {
  return (key: string): Promise<BatchRow[]> =>
    sayingWhatFailed(async () => {
      const bytes = await storage.get(key);
      if (bytes === null)
        throw neverAgain(
          'OtherStore',
          `The manifest ${key} is not in the store of this worker; start the batch with the store of the workers`,
        );
      return JSON.parse(bytes.toString()) as BatchRow[];
    });
}
