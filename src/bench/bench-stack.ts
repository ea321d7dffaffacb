import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver, type Darkroom } from '../client';
import { readConfig } from '../config';
import { SEARCH_ATTRIBUTES } from '../contract/names';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { resolveTemporalCli, startTemporalServer } from '../temporal-server';

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
  const { cliPath, searchPath } = config.temporal;
  const { path: cli } = await resolveTemporalCli({
    cliPath,
    searchPath,
    cacheDir: config.cacheDir,
    onStep: say,
  });
  const server = await startTemporalServer({
    cli,
    port: 0,
    uiPort: 0,
    headless: true,
    dbFile: path.join(folder, 'temporal.db'),
    logFile: path.join(folder, 'temporal.log'),
    searchAttributes: SEARCH_ATTRIBUTES,
  });
  const sandbox = await startSandbox({
    apiKey: 'bench',
    pace: { uploadMs: 100, trainMs, uploadTtlMs: 3_600_000 },
  });
  const worker = await startWorker(folder, {
    TEMPORAL_ADDRESS: server.address,
    APIFRAME_BASE_URL: sandbox.url,
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

async function startWorker(folder: string, env: Record<string, string>): Promise<ChildProcess> {
  const main = path.join(__dirname, '../cli/main.js');
  // What follows is read by the child's config; the two polls are those of a real provider.
  const child = spawn(process.execPath, [main, 'worker', '--home', folder], {
    env: { PATH: readConfig().temporal.searchPath, APIFRAME_API_KEY: 'bench', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: child.stderr });
  for (;;) {
    const [line] = (await once(lines, 'line')) as [string];
    if (line.startsWith('Worker ready')) return child;
  }
}

/** Linux: `VmRSS` of /proc. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
