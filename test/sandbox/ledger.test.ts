import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { readLedger } from '../support/ledger';
import { call, fetchTask, train, upload, uploadBody } from './client';

const pace = { uploadMs: 0, trainMs: 0, uploadTtlMs: 3_600_000 };

describe("the sandbox's ledger", () => {
  const open: Sandbox[] = [];
  let folder: string;
  const sandbox = async (options: Partial<SandboxOptions> = {}) => {
    const one = await startSandbox({ pace, credits: 200, ...options });
    open.push(one);
    return one;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-sandbox-'));
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('begins with the credits given and nothing else', async () => {
    expect(await readLedger((await sandbox()).url)).toStrictEqual({
      credits: { starting: 200, spent: 0, left: 200 },
      uploads: [],
      submissions: [],
      tryiton: {
        uploads: 0,
        models: ['101', '102', '103', '104', '105'].map((id) => ({ id, trainings: [] })),
      },
    });
  });

  it('charges 2 credits for an upload and 4 for each picture trained', async () => {
    const one = await sandbox();
    const uploadId = await upload(one, 11);
    const trainingId = await train(one, uploadId);

    const { credits, uploads, submissions } = await readLedger(one.url);

    expect(uploads).toMatchObject([{ taskId: uploadId, images: 11, credits: 2 }]);
    expect(submissions).toMatchObject([
      { taskId: trainingId, uploadTaskId: uploadId, images: 11, credits: 44 },
    ]);
    expect(credits).toEqual({ starting: 200, spent: 46, left: 154 });
  });

  it('charges twice what is submitted twice', async () => {
    const one = await sandbox();
    const uploadId = await upload(one);
    const ids = [await train(one, uploadId), await train(one, uploadId)];

    const { credits, submissions } = await readLedger(one.url);

    expect(submissions.map(({ taskId }) => taskId)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    expect(credits.spent).toBe(2 + 40 + 40);
  });

  it.each([
    ['41 credits are not enough to train 10 pictures after an upload', 41, 0],
    ['42 credits are', 42, 1],
  ])('%s', async (_what, credits, trained) => {
    const one = await sandbox({ credits });
    const answer = await call(one, '/ai-photo-train', { training_images_id: await upload(one) });

    expect(answer.status).toBe(trained === 1 ? 200 : 400);
    if (trained === 0) expect(answer.json).toEqual({ errors: [{ msg: 'Not enough credits' }] });
    expect((await readLedger(one.url)).submissions).toHaveLength(trained);
  });

  it('1 credit is not enough for an upload', async () => {
    const one = await sandbox({ credits: 1 });

    expect(await call(one, '/ai-photo-upload', await uploadBody())).toMatchObject({
      status: 400,
      json: { errors: [{ msg: 'Not enough credits' }] },
    });
    expect((await readLedger(one.url)).credits.spent).toBe(0);
  });

  it('keeps nothing of a picture', async () => {
    const ledgerFile = path.join(folder, 'ledger.json');
    await upload(await sandbox({ ledgerFile }));

    expect(readFileSync(ledgerFile, 'utf8').length).toBeLessThan(1000);
  });

  it('in a file, survives a restart with its credits, tasks and charges', async () => {
    const ledgerFile = path.join(folder, 'below', 'ledger.json');
    const first = await sandbox({ ledgerFile });
    const uploadId = await upload(first);
    const trainingId = await train(first, uploadId);
    const before = await readLedger(first.url);
    await first.close();

    const second = await sandbox({ ledgerFile, credits: 7 });

    expect(await readLedger(second.url)).toStrictEqual(before);
    expect(await fetchTask(second, trainingId)).toMatchObject({ status: 200, json: { task_id: trainingId } });
    expect(await call(second, '/ai-photo-train', { training_images_id: uploadId })).toMatchObject({
      status: 200,
    });
    expect(readdirSync(path.dirname(ledgerFile))).toEqual(['ledger.json']);
  });

  it('in a file that is none is not overwritten: the sandbox does not start', async () => {
    const ledgerFile = path.join(folder, 'ledger.json');
    writeFileSync(ledgerFile, '{"mine":true}');

    await expect(startSandbox({ ledgerFile })).rejects.toThrow();
    expect(readFileSync(ledgerFile, 'utf8')).toBe('{"mine":true}');
  });
});
