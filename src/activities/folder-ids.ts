import type { TrainRequest } from '../contract/request';
import type { Storage } from '../storage/port';
import type { Thing } from '../submissions/claims';
import { trainingWorkflowId } from '../training-id';

/**
 * Under which ids the folder of a person was to be trained: a photo more makes another id. An id stands here before its training
 * is started, and stays.
 */
export function folderIds(storage: Storage) {
  return {
    async of(request: TrainRequest): Promise<string[]> {
      const keys = await storage.list(placeOf(request));
      return keys.map((key) => key.slice(key.lastIndexOf('/') + 1));
    },
    async add(request: TrainRequest): Promise<void> {
      await storage.put(`${placeOf(request)}/${trainingWorkflowId(request)}`, Buffer.from('{}'));
    },
  };
}

/** The person: what no two trainings of a folder may share, whatever photos it holds by then. */
export function personOf({ provider, subject, generation = 1 }: TrainRequest): Thing {
  return { parts: ['folder', provider, generation, subject], evenIfFailed: true };
}

function placeOf({ provider, subject, generation = 1 }: TrainRequest): string {
  return `folders/${provider}/${generation}/${subject}`;
}
