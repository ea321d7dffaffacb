import { log } from '@temporalio/activity';
import { keptRequests } from '../batches/keep-manifest';
import { MAX_ROWS } from '../batches/read-manifest';
import { rowOfFolder } from '../batches/row-of-folder';
import type { BatchOrder, FolderRule } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { sayingWhatFailed } from './activity-failure';
import { folderIds } from './folder-ids';
import { withHeartbeat } from './heartbeat';
import type { ActivityPorts } from './ports';
import { trainedAlready } from './trained-already';

/**
 * Finds the folders that have no training yet, and keeps a row for each. A folder that can be none holds up no other. More
 * than a manifest may have come with the next batch.
 */
export function gatherRows({ storage, photoFolders }: Pick<ActivityPorts, 'storage' | 'photoFolders'>) {
  const ofFolder = folderIds(storage);
  const isTrained = trainedAlready(storage);
  return (rule: FolderRule): Promise<Omit<BatchOrder, 'inFlight'>> => {
    const requests: TrainRequest[] = [];
    const left = new Map<string, number>();
    let known = 0;
    return sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ rows: requests.length, known }),
        async (_beat, signal) => {
          for await (const folder of photoFolders.below(rule.under, signal)) {
            const row = rowOfFolder(rule, folder);
            if ('why' in row) left.set(row.why, (left.get(row.why) ?? 0) + 1);
            else if (await isTrained(row)) known += 1;
            else requests.push(row);
            // The others have their turn another night, and each costs a look or two.
            if (requests.length === MAX_ROWS) break;
          }
          for (const request of requests) await ofFolder.add(request);
          const kept = await keptRequests(requests, storage);
          // Names of folders may be names of people, so they are counted.
          const leftOut = [...left].map(([why, folders]) => `${folders} folders: ${why}`);
          log.info('looked for folders', { under: rule.under, rows: kept.rows, known, leftOut });
          return kept;
        },
      ),
    );
  };
}
