import { activityInfo } from '@temporalio/activity';
import type { BatchRow } from '../contract/batch';
import { again, neverAgain } from '../failures';
import type { Storage } from '../storage/port';
import { sayingWhatFailed } from './activity-failure';

/** Rows of a manifest, as whoever started the batch has put them into the store. */
export function readBatchPage({ storage }: { storage: Storage }) {
  return (key: string): Promise<BatchRow[]> =>
    sayingWhatFailed(async () => {
      const bytes = await storage.get(key);
      if (bytes === null) throw notHere(key);
      return JSON.parse(bytes.toString()) as BatchRow[];
    });
}

/** Three minutes or so: where it is one worker of several that has another store, the next one has the page. */
const TRIES = 8;

function notHere(key: string): Error {
  const words = `The manifest ${key} is not in the store of this worker; start the batch with the store of the workers`;
  return activityInfo().attempt < TRIES ? again('OtherStore', words, null) : neverAgain('OtherStore', words);
}
