import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { keepManifest } from '../../src/batches/keep-manifest';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names';
import { filesystemStorage } from '../../src/storage/filesystem';
import { accessTo } from '../../src/temporal-connection';
import { freePort, startTemporalServer } from '../../src/temporal-server';
import { createRig } from '../support/rig';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';
import { realCli } from '../temporal-server/real-cli';

const EVERY_MS = 3000;
/** Longer than the shortest window of catching up. */
const OUTAGE_MS = 14_000;

test('what was missed while Temporal was down is made up for, within the window', async () => {
  const folder = mkdtempSync(path.join(testFolder(), 'outage-'));
  const port = await freePort();
  const start = async () =>
    startTemporalServer({
      cli: await realCli(),
      port,
      uiPort: 0,
      headless: true,
      dbFile: path.join(folder, 'temporal.db'),
      logFile: path.join(folder, 'temporal.log'),
      searchAttributes: SEARCH_ATTRIBUTES,
    });
  let server = await start();
  try {
    const rig = await createRig({ access: accessTo(server.address) });
    await rig.startWorker();
    const { schedules } = rig.darkroom;
    const { manifest, rows, pages } = await keepManifest(
      [await rig.request()],
      filesystemStorage(rig.config.storeDir),
    );
    const plan = { times: { every: ['3s'] }, rows: { manifest, rows, pages } };
    await schedules.create('patient', { ...plan, overlap: 'buffer-all' });
    await schedules.create('hasty', { ...plan, overlap: 'buffer-all', catchUpMs: 10_000 });
    await until('both have begun', async () => {
      const begun = [await schedules.get('patient'), await schedules.get('hasty')];
      return begun.every(({ lastStartedAt }) => lastStartedAt !== null) ? true : null;
    });

    await server.kill();
    const downMs = Date.now();
    await until('the outage is long enough', () => (Date.now() > downMs + OUTAGE_MS ? true : null));
    server = await start();
    const upMs = Date.now();

    const missed = (await until('what was missed has been started', async () => {
      const { runs } = await schedules.get('patient').catch(() => ({ runs: [] }));
      const late = runs.filter(
        ({ scheduledAt }) => scheduledAt.getTime() > downMs && scheduledAt.getTime() < upMs,
      );
      return late.length >= Math.floor(OUTAGE_MS / EVERY_MS) ? late : null;
    })) as { scheduledAt: Date; startedAt: Date }[];
    for (const { startedAt } of missed)
      expect(startedAt.getTime()).toBeGreaterThanOrEqual(downMs + OUTAGE_MS);
    await until('the other one has let go what was too old', async () =>
      (await schedules.get('hasty')).missedCatchUp > 0 ? true : null,
    );

    expect((await schedules.get('patient')).missedCatchUp).toBe(0);
    expect((await rig.ledger()).submissions).toHaveLength(1);
    for (const name of ['patient', 'hasty']) await schedules.delete(name);
    for await (const { workflowId } of rig.client.workflow.list({
      query: "WorkflowType != 'temporal-sys-scheduler-workflow'",
    }))
      rig.remember(workflowId);
    await rig.close();
  } finally {
    await server.stop();
  }
}, 120_000);
