import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server';
import { runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';
import { spawnWorker } from '../support/worker-process';
import { realCli } from '../temporal-server/real-cli';

describe('a namespace without our search attributes', () => {
  let server: TemporalServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    const folder = mkdtempSync(path.join(testFolder(), 'unprepared-'));
    server = await startTemporalServer({
      cli: await realCli(),
      port: 0,
      uiPort: 0,
      headless: true,
      dbFile: null,
      logFile: path.join(folder, 'temporal.log'),
      searchAttributes: {},
    });
    env = { TEMPORAL_ADDRESS: server.address, DARKROOM_HOME: folder, APIFRAME_API_KEY: 'a-key' };
  });
  afterAll(() => server.stop());

  it('the worker does not start where every training would stand still; doctor --fix mends it', async () => {
    const refused = await runCli(['worker'], { env });
    expect(refused.stderr).toContain(
      "The namespace default lacks Darkroom's search attributes; run darkroom doctor --fix",
    );
    expect(refused.code).toBe(3);
    const found = await runCli(['doctor'], { env });
    expect(found.stdout).toContain(
      'search attributes missing in default: DarkroomState, DarkroomProvider, DarkroomSubject',
    );

    const fixed = await runCli(['doctor', '--fix'], { env });
    expect(fixed.stdout).toContain('now also DarkroomState, DarkroomProvider, DarkroomSubject');
    const worker = spawnWorker(env);
    await worker.untilSaid('Worker ready');
    expect(await worker.stop()).toBe(0);
  });
});
