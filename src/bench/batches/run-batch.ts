import { setTimeout as delay } from 'node:timers/promises';
import type { BatchStatus } from '../../client';
import { endedRows } from '../../contract/batch';
import { residentMegabytes } from '../process-usage';
import type { BatchStack } from './stack';

export interface BatchRunSeen {
  id: string;
  status: BatchStatus;
  wallMs: number;
  /** The most that the worker had in memory. */
  workerMegabytes: number;
}

const LOOK_EVERY_MS = 1000;

/** Runs a batch to its end. Whoever does not answer now, because it was just killed, is asked again. */
export async function runBatch(
  stack: BatchStack,
  { rows, inFlight, say }: { rows: number; inFlight: number; say: (line: string) => void },
): Promise<BatchRunSeen> {
  const requests = await stack.requests(rows);
  const startedMs = performance.now();
  const id = await stack.startBatch(requests, inFlight);
  let workerMegabytes = 0;
  for (let looks = 0; ; looks += 1) {
    await delay(LOOK_EVERY_MS);
    workerMegabytes = Math.max(workerMegabytes, memoryOf(stack.workerPid()));
    const status = await stack.darkroom.batch(id).catch(() => null);
    if (status !== null && looks % 30 === 0) say(status.line);
    if (status !== null && endedRows(status) === rows)
      return { id, status, wallMs: performance.now() - startedMs, workerMegabytes };
  }
}

/** A process that is just being replaced has none. */
function memoryOf(pid: number): number {
  try {
    return residentMegabytes(pid);
  } catch {
    return 0;
  }
}
