import { randomUUID } from 'node:crypto';
import { keepManifest } from '../../src/batches/keep-manifest';
import type { BatchOrder, BatchStatus } from '../../src/contract/batch';
import type { TrainRequest } from '../../src/contract/request';
import { filesystemStorage } from '../../src/storage/filesystem';
import type { Rig } from './rig';

/** A process runs several test files, and a batch of one must not be known to the next. */
const file = randomUUID().slice(0, 8);
let number = 0;

/** Batches of a rig; they and their trainings are replayed when it is closed. */
export function batchesOf(rig: () => Rig) {
  const rememberRows = async (id: string) => {
    rig().remember(id);
    for await (const { workflowId } of rig().client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig().remember(workflowId);
  };
  return {
    rememberRows,
    newId: (): string => {
      const id = `batch-${file}-${String((number += 1))}`;
      rig().remember(id);
      return id;
    },
    requests: (count: number, changes: object = {}): Promise<TrainRequest[]> =>
      Promise.all(
        Array.from({ length: count }, (_, n) => rig().request({ subject: `s-${String(n)}`, ...changes })),
      ),
    order: async (
      all: readonly TrainRequest[],
      inFlight: number,
      numbers?: readonly number[],
    ): Promise<BatchOrder> => {
      const { config } = rig();
      const { manifest, rows, pages } = await keepManifest(all, filesystemStorage(config.storeDir), numbers);
      return { manifest, rows, pages, inFlight };
    },
    /** Waits for its end. */
    result: async (id: string): Promise<BatchStatus> => {
      const status = (await rig().client.workflow.getHandle(id).result()) as BatchStatus;
      await rememberRows(id);
      return status;
    },
  };
}
