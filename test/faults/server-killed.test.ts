import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names';
import { startSandbox } from '../../src/sandbox/server';
import { freePort, startTemporalServer, type TemporalServer } from '../../src/temporal-server';
import { accessTo } from '../../src/temporal-connection';
import { createRig, KEY, type Rig } from '../support/rig';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';
import { realCli } from '../temporal-server/real-cli';

const pace = { uploadMs: 50, trainMs: 4000, uploadTtlMs: 3_600_000 };

describe('while a training waits', () => {
  let rig: Rig;
  let server: TemporalServer | null = null;
  /** A server that ends unasked looks like a lost connection to all others; only its own words say why. */
  const ownEnds: string[] = [];
  const end = async (how: 'kill' | 'stop') => {
    const ending = server;
    server = null;
    await ending?.[how]();
  };
  afterEach(async () => {
    try {
      await rig.close();
    } finally {
      await end('stop');
      expect(ownEnds).toEqual([]);
    }
  });

  it('the Temporal server may be killed and started again on its database file', async () => {
    const folder = mkdtempSync(path.join(testFolder(), 'server-'));
    const logFile = path.join(folder, 'temporal.log');
    const start = async (port: number) => {
      const started = await startTemporalServer({
        cli: await realCli(),
        port,
        uiPort: 0,
        headless: true,
        dbFile: path.join(folder, 'temporal.db'),
        logFile,
        searchAttributes: SEARCH_ATTRIBUTES,
      });
      void started.exited.then(({ code, signal }) => {
        if (server === started)
          ownEnds.push(`${String(signal ?? code)}: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
      });
      return started;
    };
    const port = await freePort();
    server = await start(port);
    rig = await createRig({ access: accessTo(server.address), sandbox: { pace } });
    await rig.startWorker();
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');

    await end('kill');
    server = await start(port);
    const result = await until('the result comes after the restart', () =>
      rig.darkroom.result(id).catch(() => null),
    );
    expect(result).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('the provider may be gone for a while', async () => {
    const port = await freePort();
    const ledgerFile = path.join(mkdtempSync(path.join(testFolder(), 'provider-')), 'ledger.json');
    const provider = { port, apiKey: KEY, pace, ledgerFile };
    const first = await startSandbox(provider);
    rig = await createRig({ env: { APIFRAME_BASE_URL: first.url } });
    await rig.startWorker();
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');

    await first.close();
    await until('polls fail', async () =>
      (await rig.darkroom.status(id)).failedPollsInARow >= 2 ? true : null,
    );
    const second = await startSandbox(provider);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    const ledger = (await (await fetch(`${second.url}/sandbox/ledger`)).json()) as { submissions: unknown[] };
    expect(ledger.submissions).toHaveLength(1);
    await second.close();
  });

  it('the provider may be gone before the submission: it is made when it is back, once', async () => {
    const port = await freePort();
    rig = await createRig({ env: { APIFRAME_BASE_URL: `http://127.0.0.1:${String(port)}` } });
    await rig.startWorker();
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'uploading');
    const provider = await startSandbox({ port, apiKey: KEY, pace: { ...pace, trainMs: 300 } });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', credits: { spent: 50 } });
    const ledger = (await (await fetch(`${provider.url}/sandbox/ledger`)).json()) as {
      submissions: unknown[];
    };
    expect(ledger.submissions).toHaveLength(1);
    await provider.close();
  });
});
