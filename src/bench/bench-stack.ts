import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver, type Darkroom } from '../client';
import { readConfig } from '../config';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { startServer } from './start-server';
import { startWorkerProcess } from './worker-process';

/** A server on a database file, a sandbox, and a worker in a process of its own, whose memory can be read. */
export interface BenchStack {
  readonly darkroom: Darkroom;
  readonly sandbox: Sandbox;
  readonly photosDir: string;
  /** Events of the training's history so far. */
  historyLength(id: string): Promise<number>;
  workerMegabytes(): number;
  stop(): Promise<void>;
}

export async function startBenchStack(
  folder: string,
  trainMs: number,
  say: (line: string) => void,
): Promise<BenchStack> {
  const config = readConfig({ DARKROOM_HOME: folder });
  const server = await startServer(folder, say);
  const sandbox = await startSandbox({
    apiKey: 'bench',
    pace: { uploadMs: 100, trainMs, uploadTtlMs: 3_600_000 },
  });
  const worker = await startWorkerProcess(folder, {
    APIFRAME_API_KEY: 'bench',
    TEMPORAL_ADDRESS: server.address,
    APIFRAME_BASE_URL: sandbox.url,
    DARKROOM_GATES: 'all=warn', // everything is looked at, and nothing is left out
  });
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  return {
    darkroom: darkroomOver(client),
    sandbox,
    photosDir: config.photosDir,
    historyLength: async (id) => (await client.workflow.getHandle(id).describe()).historyLength,
    workerMegabytes: () => residentMegabytes(worker.pid ?? 0),
    async stop() {
      await connection.close();
      worker.kill('SIGKILL');
      await sandbox.close();
      await server.stop();
    },
  };
}

/** Linux: `VmRSS` of /proc. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
