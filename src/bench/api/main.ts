import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver } from '../../client';
import { readConfig } from '../../config';
import { startSandbox } from '../../sandbox/server';
import { figureBook } from '../figures';
import { startGatewayProcess } from '../gateway-process';
import { ANY_PICTURE } from '../small-photos';
import { startServer } from '../start-server';
import { killed, startWorkerProcess } from '../worker-process';
import { streamFigures } from './event-streams';
import { listFigures } from './list-page';
import { pageFigures } from './page-cost';
import { startFigures } from './start-rate';

const BOOK = figureBook('benchmarks-api', [
  '# Benchmarks of the HTTP API and the pages',
  '',
  '`npm run bench:api` measures these again and prints them beside the committed ones; `npm run bench:api -- --save` writes this page.',
  '',
  '- Gateway, worker, Temporal server with a database file, sandbox and callers share the machine, each a process of its own.',
  '- Starts by HTTP and by a bare `client.workflow.start` take turns, with the same requests, which the worker ends for want of photos.',
  '- The streams are of ten waiting trainings whose percentage goes on. Lists and queries are counted at Temporal.',
  '',
]);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-bench-api-'));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const server = await startServer(folder, say);
  const sandbox = await startSandbox({
    apiKey: 'bench',
    pace: { uploadMs: 100, trainMs: 3_600_000, uploadTtlMs: 3_600_000 },
  });
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  const worker = await startWorkerProcess(folder, {
    ...ANY_PICTURE,
    APIFRAME_API_KEY: 'bench',
    TEMPORAL_ADDRESS: server.address,
    APIFRAME_BASE_URL: sandbox.url,
  });
  const { child: gateway, url: gatewayUrl } = await startGatewayProcess(server.address, {
    DARKROOM_HOME: folder,
    DARKROOM_API_REQUESTS_A_MINUTE: '1000000',
  });
  const { photosDir } = readConfig({ DARKROOM_HOME: folder });
  try {
    say('streams');
    const streams = await streamFigures({
      darkroom: darkroomOver(client),
      photosDir,
      gatewayUrl,
      gatewayPid: gateway.pid ?? 0,
      metricsUrl: server.metricsUrl,
    });
    say('starts');
    const starts = await startFigures(client, gatewayUrl);
    say('list');
    const list = await listFigures(client, gatewayUrl);
    BOOK.report([...starts, ...streams, ...list, ...(await pageFigures(gatewayUrl))]);
  } finally {
    await Promise.all([killed(gateway), killed(worker)]);
    await connection.close();
    await sandbox.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
