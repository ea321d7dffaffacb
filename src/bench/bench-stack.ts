import { Client, Connection } from '@temporalio/client';
import { darkroomOver, type Darkroom } from '../client';
import { readConfig } from '../config';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { historyCost, type HistoryCost } from './history-cost';
import { cpuMs, residentMegabytes } from './process-usage';
import { startServer } from './start-server';
import { startWorkerProcess } from './worker-process';

/** A server on a database file, a sandbox, and a worker in a process of its own, whose memory can be read. */
export interface BenchStack {
  readonly darkroom: Darkroom;
  readonly sandbox: Sandbox;
  readonly photosDir: string;
  historyCost(id: string): Promise<HistoryCost>;
  workerMegabytes(): number;
  /** So far, without the processes of the photos. */
  cpuMs(): { worker: number; server: number };
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
    historyCost: (id) => historyCost(client, id),
    workerMegabytes: () => Math.round(residentMegabytes(worker.pid ?? 0)),
    cpuMs: () => ({ worker: cpuMs(worker.pid ?? 0), server: cpuMs(server.pid) }),
    async stop() {
      await connection.close();
      worker.kill('SIGKILL');
      await sandbox.close();
      await server.stop();
    },
  };
}
