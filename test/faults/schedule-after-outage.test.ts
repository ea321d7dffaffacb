import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { defineSearchAttributeKey } from '@temporalio/common';
import { keptRequests } from '../../src/batches/keep-manifest';
import { startServer } from '../../src/bench/start-server';
import { filesystemStorage } from '../../src/storage/filesystem';
import { accessTo } from '../../src/temporal-connection';
import { freePort } from '../../src/temporal-server';
import { createRig, type Rig } from '../support/rig';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';

const scheduledKey = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

const EVERY_MS = 3000;
/** Longer than the shortest window of catching up. */
const OUTAGE_MS = 14_000;

test('what was missed while Temporal was down is made up for, within the window', async () => {
  const folder = mkdtempSync(path.join(testFolder(), 'outage-'));
  const port = await freePort();
  const start = () => startServer(folder, (line) => void process.stderr.write(`${line}\n`), port);
  let server = await start();
  const rig = await createRig({ access: accessTo(server.address) });
  try {
    await rig.startWorker();
    const { schedules } = rig.darkroom;
    const storage = filesystemStorage(rig.config.storeDir);
    // One each: whoever joins a training that another batch has started hears of its end late.
    const plan = async () => ({
      times: { every: ['3s'] },
      rows: await keptRequests([await rig.request()], storage),
      overlap: 'buffer-all' as const,
    });
    await schedules.create('patient', await plan());
    await schedules.create('hasty', { ...(await plan()), catchUpMs: 10_000 });
    // What is cut off in the middle is tried again after its time-out, and all else would wait for it.
    await until('both have begun, and rest', async () => {
      const { runs: ofOne } = await schedules.get('patient');
      const { runs: ofOther } = await schedules.get('hasty');
      const isResting = [...ofOne, ...ofOther].every(({ outcome }) => outcome === 'completed');
      return isResting && ofOne.length > 1 && ofOther.length > 1 ? true : null;
    });

    await server.kill();
    const downMs = Date.now();
    await until('the outage is long enough', () => (Date.now() > downMs + OUTAGE_MS ? true : null));
    server = await start();
    const upMs = Date.now();

    const missed = await until('what was missed has been started', async () => {
      // The schedule itself tells of its last ten alone.
      const started = await batchesOf(rig, 'patient').catch(() => []);
      const late = started.filter(({ scheduledMs }) => scheduledMs > downMs && scheduledMs < upMs);
      return late.length >= Math.floor(OUTAGE_MS / EVERY_MS) ? late : null;
    });
    for (const { startedMs } of missed) expect(startedMs).toBeGreaterThanOrEqual(downMs + OUTAGE_MS);
    await until('the other one has let go what was too old', async () =>
      (await schedules.get('hasty')).missedCatchUp > 0 ? true : null,
    );

    expect((await schedules.get('patient')).missedCatchUp).toBe(0);
    expect((await rig.ledger()).submissions).toHaveLength(2);
    for (const name of ['patient', 'hasty']) await schedules.delete(name);
    for await (const { workflowId } of rig.client.workflow.list({
      query: "WorkflowType != 'temporal-sys-scheduler-workflow'",
    }))
      rig.remember(workflowId);
  } finally {
    await rig.close();
    await server.stop();
  }
}, 120_000);

async function batchesOf(
  { client }: Rig,
  name: string,
): Promise<{ scheduledMs: number; startedMs: number }[]> {
  const found: { scheduledMs: number; startedMs: number }[] = [];
  const query = `TemporalScheduledById = '${name}'`;
  for await (const { typedSearchAttributes, startTime } of client.workflow.list({ query }))
    found.push({
      scheduledMs: typedSearchAttributes.get(scheduledKey)?.getTime() ?? 0,
      startedMs: startTime.getTime(),
    });
  return found;
}
