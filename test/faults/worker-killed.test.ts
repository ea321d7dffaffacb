import { readdirSync } from 'node:fs';
import path from 'node:path';
import { writeLargePhotos } from '../support/large-photos';
import { childrenOf } from '../support/children-of';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { spawnWorker, type WorkerProcess } from '../support/worker-process';
import { watcherWorkflowId } from '../../src/watching/watcher-id';
import { isRunning } from '../temporal-server/is-running';

const pace = { uploadMs: 50, trainMs: 3000, uploadTtlMs: 3_600_000 };

function countRecords(storeDir: string): number {
  return readdirSync(path.join(storeDir, 'findings'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.name.endsWith('.json'), // others are being written
  ).length;
}

describe('a worker killed with SIGKILL', () => {
  let rig: Rig;
  const processes: WorkerProcess[] = [];
  const spawnOne = () => {
    const worker = spawnWorker(rig.env);
    processes.push(worker);
    return worker;
  };
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((worker) => worker.kill()));
    await rig.startWorker(); // someone must answer the queries of the teardown
    await rig.close();
  });

  const expectOneChargeAndOneResult = async (id: string) => {
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  };

  it('while normalizing: no finished photo is done again', async () => {
    const MANY = 20;
    rig = await createRig({ sandbox: { pace } });
    const photos = await writeLargePhotos(rig.config.photosDir, 'large', MANY);
    const first = spawnOne();
    const id = await rig.train(await rig.request({ photos }));
    await first.untilLogged('photo finished', 4);
    const photoProcesses = childrenOf(first.pid);
    expect(photoProcesses.length).toBeGreaterThan(0);
    await first.kill();
    await until('its photo processes are gone', () => (photoProcesses.some(isRunning) ? null : true), 5000);
    // What is on record is finished, also where the kill came before the log line.
    const finished = countRecords(rig.config.storeDir);
    expect(finished).toBeGreaterThanOrEqual(4);
    expect(finished).toBeLessThan(MANY);

    const second = spawnOne();
    await rig.untilState(id, 'training');
    expect(await second.untilLogged('photo finished', 1)).toHaveLength(MANY - finished);
    expect(countRecords(rig.config.storeDir)).toBe(MANY);
    await expectOneChargeAndOneResult(id);
  });

  it('while uploading: the upload is made again, the training is charged once', async () => {
    rig = await createRig({ sandbox: { pace, faults: [{ endpoint: 'upload', kind: 'slow', times: 1 }] } });
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await until('the upload is at the provider', async () =>
      (await rig.ledger()).uploads.length > 0 ? true : null,
    );
    await first.kill();
    spawnOne();
    await expectOneChargeAndOneResult(id);
    expect((await rig.ledger()).uploads).toHaveLength(2);
  });

  it('while submitting: asks a person instead of paying again', async () => {
    rig = await createRig({
      // Until the time of the lost call is over (15 s and this), its answer may still be recorded.
      env: { DARKROOM_SUBMIT_TIMEOUT: '3s' },
      sandbox: { pace, faults: [{ endpoint: 'train', kind: 'slow', times: 1 }] },
    });
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await until('the submission is at the provider', async () =>
      (await rig.ledger()).submissions.length > 0 ? true : null,
    );
    await first.kill();
    spawnOne();
    expect(await rig.untilState(id, 'needs-decision')).toMatchObject({ charge: 'unknown', submissions: 1 });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('while waiting: the next worker takes the wait over', async () => {
    rig = await createRig({ sandbox: { pace } });
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await until('the submission is at the provider', async () =>
      (await rig.ledger()).submissions.length > 0 ? true : null,
    );
    await rig.untilState(id, 'training');
    await first.kill();
    spawnOne();
    await expectOneChargeAndOneResult(id);
  });

  it('waits for a server that is not up yet, says so, and stops when it is told to', async () => {
    rig = await createRig();
    const waiting = spawnWorker({ ...rig.env, TEMPORAL_ADDRESS: '127.0.0.1:1' });
    processes.push(waiting);
    await waiting.untilSaid('Waiting for Temporal at 127.0.0.1:1');
    expect(await waiting.stop()).toBe(0);
  });

  it('with SIGTERM it finishes what is in hand and exits with 0', async () => {
    rig = await createRig({ sandbox: { pace, faults: [{ endpoint: 'train', kind: 'slow', times: 1 }] } });
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await until('the submission is at the provider', async () =>
      (await rig.ledger()).submissions.length > 0 ? true : null,
    );
    expect(await first.stop()).toBe(0);
    spawnOne();
    await expectOneChargeAndOneResult(id);
  });

  it('with SIGTERM in the middle of a call that outlasts its grace: asks a person, once charged', async () => {
    rig = await createRig({
      env: { DARKROOM_SHUTDOWN_GRACE: '500ms', DARKROOM_SUBMIT_TIMEOUT: '3s' },
      sandbox: { pace, faults: [{ endpoint: 'train', kind: 'hang-after' }] },
    });
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await until('the submission is at the provider', async () =>
      (await rig.ledger()).submissions.length > 0 ? true : null,
    );
    await first.stop();
    spawnOne();
    expect(await rig.untilState(id, 'needs-decision')).toMatchObject({ charge: 'unknown', submissions: 1 });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('while submitting, and the next one lacks the key: asks a person instead of ending the run', async () => {
    rig = await createRig({ env: { DARKROOM_SUBMIT_TIMEOUT: '3s' }, sandbox: { pace } });
    const first = spawnWorker(rig.env, 'after-response-before-record:kill');
    processes.push(first);
    const id = await rig.train(await rig.request());
    await first.untilSaid('fault: after-response-before-record');
    processes.push(spawnWorker({ ...rig.env, APIFRAME_API_KEY: '' })); // empty counts as absent
    const status = await rig.untilState(id, 'needs-decision');
    expect(status.line).toContain('it cannot be looked up: The worker has no APIFRAME key');
    expect(status.charge).toBe('unknown');
  });

  it('while it watches: another one watches within 20 s', async () => {
    const account = `killed-${String(process.pid)}-${String(Date.now())}`;
    // Own looks are so far apart that nothing but a watcher can notice the end.
    const env = {
      DARKROOM_WATCH: 'on',
      APIFRAME_ACCOUNT: account,
      DARKROOM_POLL_FIRST: '10m',
      DARKROOM_POLL_MAX: '10m',
    };
    rig = await createRig({ env, sandbox: { pace: { ...pace, trainMs: 4000 } } });
    rig.remember(watcherWorkflowId('apiframe', account));
    const first = spawnOne();
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    await first.untilLogged('watching', 1);
    await first.kill();
    const killedMs = Date.now();
    spawnOne();
    await expectOneChargeAndOneResult(id);
    expect(Date.now() - killedMs).toBeLessThan(20_000);
  });
});
