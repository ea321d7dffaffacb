import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { downloadsFolder } from '../../src/storage/left-downloads';
import { startFakeS3, type FakeS3 } from '../support/fake-s3';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';
import { describeWithS3, startS3Server, type S3Server } from '../support/s3-server';
import { BUCKET_NAMESPACES, faultAccess } from '../support/test-server';
import { spawnWorker, type WorkerProcess } from '../support/worker-process';

describe('a bucket that creates an object twice', () => {
  let fake: FakeS3;
  let rig: Rig;
  let env: Record<string, string>;
  beforeAll(async () => {
    fake = await startFakeS3();
    fake.isHonoringConditions = false;
    rig = await createRig();
    const credentials = { AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake-secret' };
    env = {
      ...rig.env,
      ...credentials,
      DARKROOM_STORE: 's3://bucket/darkroom',
      DARKROOM_S3_ENDPOINT: fake.settings.endpoint ?? '',
    };
  });
  afterAll(async () => {
    await rig.close();
    await fake.close();
  });

  it('is refused by a worker before it takes any work', async () => {
    const { code, stderr } = await runCli(['worker', '--home', rig.home], { env });
    expect(stderr).toContain('darkroom: The store s3://bucket/darkroom at http://');
    expect(stderr).toContain('it creates an object twice, because it ignores If-None-Match');
    expect(stderr).not.toContain('Worker ready');
    expect(stderr).not.toContain('fake-secret');
    expect(code).toBe(2);
  });

  it('is refused by doctor', async () => {
    const { code, stdout } = await runCli(['doctor', '--fix', '--home', rig.home], { env });
    expect(stdout).toMatch(/bad {3}The store s3:\/\/bucket\/darkroom .* ignores If-None-Match/);
    expect(code).toBe(2);
  });
});

describeWithS3('a bucket of a real S3 server', () => {
  let server: S3Server;
  let rig: Rig;
  beforeAll(async () => {
    server = await startS3Server();
    server.makeBucket('store');
    rig = await createRig({ env: { ...server.env, DARKROOM_STORE: 's3://store' } });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });

  it('is good to doctor', async () => {
    const { code, stdout } = await runCli(['doctor', '--fix', '--home', rig.home], { env: rig.env });
    expect(stdout).toContain('store s3://store can be written and read');
    expect(stdout).toContain('store creates exclusively, so no submission can be made twice');
    expect(code).toBe(0);
  });

  it('is what a worker process works on, and what a killed one had downloaded is gone', async () => {
    const left = path.join(
      downloadsFolder(rig.home),
      `${os.hostname()}_${spawnSync(process.execPath, ['-e', '']).pid}_00000000-0000-4000-8000-000000000000`,
    );
    mkdirSync(left, { recursive: true });
    writeFileSync(path.join(left, 'face'), 'face');
    const worker = spawnWorker(rig.env);
    try {
      const result = await rig.darkroom.result(await rig.train(await rig.request()));
      expect(result).toMatchObject({ state: 'succeeded', charge: 'charged' });
      expect(readdirSync(downloadsFolder(rig.home))).toEqual([]);
      expect(readdirSync(path.join(server.folder, 'store'))).toEqual(
        expect.arrayContaining(['identity', 'normalized', 'submissions']),
      );
    } finally {
      await worker.kill();
    }
  });
});

/** As in test/faults, where the records are in a folder. */
describeWithS3('a worker that is killed with its records in a bucket', () => {
  let server: S3Server;
  let rig: Rig;
  let worker: WorkerProcess;
  let number = -1;
  beforeAll(async () => {
    server = await startS3Server();
    server.makeBucket('records');
  });
  afterEach(async () => {
    await worker.kill();
    await rig.startWorker();
    await rig.close();
  });
  afterAll(() => server.stop());

  it.each([
    ['before-record', 'succeeded', 1],
    ['after-record-before-return', 'succeeded', 1],
    ['after-response-before-record', 'needs-decision', 1],
  ] as const)('%s: %s, and charged %d time', async (point, state, charges) => {
    const quick = {
      DARKROOM_SUBMIT_TIMEOUT: '1s',
      DARKROOM_LOOK_UP_FIRST: '1s',
      DARKROOM_LOOK_UP_WINDOW: '3s',
    };
    // A store of its own, or it would be a training of the same photos; and a namespace, for a task may still be given to the poll of a process that was killed.
    const access = faultAccess(BUCKET_NAMESPACES[(number += 1)] ?? 'bucket-1');
    rig = await createRig({
      access,
      env: { ...server.env, ...quick, DARKROOM_STORE: `s3://records/${point}` },
    });
    worker = spawnWorker(rig.env, `${point}:kill`);
    const id = await rig.train(await rig.request());
    await worker.untilSaid(`fault: ${point}`);
    worker = spawnWorker(rig.env);
    await rig.untilState(id, state);
    expect((await rig.ledger()).submissions).toHaveLength(charges);
  });
});
