import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { trainingAnswer } from '../../src/sandbox/task-answers';
import { until } from '../support/until';
import { call, fetchTask, train, upload, uploadBody } from './client';
import { anyText, containing, matching } from '../providers/matching';

const HOUR_MS = 3_600_000;
const AT_ONCE = { uploadMs: 0, trainMs: 0, uploadTtlMs: HOUR_MS };

/** https://docs.apiframe.ai/ai-photos/train and /upload-and-prepare, /api-endpoints/fetch, /account-info */
describe('the sandbox speaks as documented', () => {
  const open: Sandbox[] = [];
  const sandbox = async (pace: SandboxOptions['pace']) => {
    const one = await startSandbox({ pace, credits: 1000 });
    open.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('a started upload or training is answered by its task_id alone', async () => {
    const one = await sandbox(AT_ONCE);
    const uploaded = await call(one, '/ai-photo-upload', await uploadBody({ age: 30, webhook_url: 'x' }));
    const { task_id: uploadId } = uploaded.json as { task_id: string };

    const trained = await call(one, '/ai-photo-train', { training_images_id: uploadId });

    for (const { status, json } of [uploaded, trained]) {
      expect(status).toBe(200);
      expect(json).toStrictEqual({ task_id: matching(/^[0-9a-f-]{36}$/) });
    }
  });

  it('a running upload names neither its task nor a percentage', async () => {
    const one = await sandbox({ uploadMs: HOUR_MS, trainMs: 0, uploadTtlMs: HOUR_MS });

    const { status, json } = await fetchTask(one, await upload(one));

    expect(status).toBe(200);
    expect(json).toStrictEqual({ status: 'processing', message: anyText });
  });

  it('a finished upload says in ISO until when it can be used', async () => {
    const one = await sandbox(AT_ONCE);
    const uploadId = await upload(one);

    const { json } = await fetchTask(one, uploadId);

    expect(json).toStrictEqual({
      task_id: uploadId,
      status: 'finished',
      message: anyText,
      expires_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const leftMs = Date.parse((json as { expires_at: string }).expires_at) - Date.now();
    expect(leftMs).toBeGreaterThan(HOUR_MS - 60_000);
    expect(leftMs).toBeLessThanOrEqual(HOUR_MS);
  });

  it('a running training has its percentage as a string', async () => {
    const one = await sandbox({ ...AT_ONCE, trainMs: HOUR_MS });
    const taskId = await train(one, await upload(one));

    const { json } = await fetchTask(one, taskId);

    expect(json).toStrictEqual({
      task_id: taskId,
      status: 'starting',
      message: anyText,
      percentage: '0',
    });
  });

  it('a finished training has its percentage as a number, and a trigger word', async () => {
    const one = await sandbox(AT_ONCE);
    const taskId = await train(one, await upload(one));

    const json = await until('the training is finished', async () => {
      const answer = (await fetchTask(one, taskId)).json as { status: string };
      return answer.status === 'finished' ? answer : null;
    });

    expect(json).toStrictEqual({
      task_id: taskId,
      status: 'finished',
      message: anyText,
      percentage: 100,
      trigger_word: 'TOKIKD',
    });
  });

  it("the request's own trigger word comes back", () => {
    const submission = { ...SUBMISSION, triggerWord: 'ZOE' };

    expect(trainingAnswer(submission, 2000, 1)).toMatchObject({ status: 'finished', trigger_word: 'ZOE' });
  });

  it.each([
    [1000, 'starting', '0'],
    [1040, 'starting', '4'],
    [1050, 'processing', '5'],
    [1409, 'processing', '40'],
    [1999, 'processing', '99'],
    [2000, 'finished', 100],
    [9000, 'finished', 100],
  ])('at %i ms a training from 1000 to 2000 is %s at %j', (nowMs, status, percentage) => {
    expect(trainingAnswer(SUBMISSION, nowMs, 1)).toMatchObject({ status, percentage });
  });

  it('a task is read by POST alone', async () => {
    const one = await sandbox(AT_ONCE);

    expect(await call(one, '/fetch', null)).toMatchObject({ status: 404 });
  });

  it('a task that nobody knows is a 404', async () => {
    const { status, json } = await fetchTask(await sandbox(AT_ONCE), 'nobody');

    expect(status).toBe(404);
    expect(json).toEqual({ errors: [{ msg: 'Task not found' }] });
  });

  it('the account tells credits and how much was trained', async () => {
    const one = await sandbox(AT_ONCE);
    await train(one, await upload(one));

    const { json } = await call(one, '/account', null);

    expect(json).toStrictEqual({
      email: containing('@'),
      credits: 1000 - 2 - 40,
      total_images: 1,
      plan: anyText,
    });
  });

  it.each(['', 'wrong-key-1', 'sandbox-ke', 'Basic sandbox-key', 'sandbox-key '.repeat(2)])(
    'the key "%s" gets a 401 with an empty object, on every call',
    async (authorization) => {
      const one = await sandbox(AT_ONCE);
      for (const path of ['/ai-photo-upload', '/ai-photo-train', '/fetch']) {
        const { status, json } = await call(one, path, {}, { authorization });
        expect({ path, status, json }).toEqual({ path, status: 401, json: {} });
      }
      expect(await call(one, '/account', null, { authorization })).toMatchObject({ status: 401, json: {} });
    },
  );

  it.each(['sandbox-key', 'Bearer sandbox-key'])('the key "%s" is taken', async (authorization) => {
    expect(await call(await sandbox(AT_ONCE), '/account', null, { authorization })).toMatchObject({
      status: 200,
    });
  });
});

const SUBMISSION = {
  taskId: 't-1',
  atMs: 1000,
  uploadTaskId: 'u-1',
  images: 10,
  credits: 40,
  triggerWord: 'TOKIKD',
  finishedAtMs: 2000,
  fails: false,
};
