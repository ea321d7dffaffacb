import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { addFault, readLedger } from '../support/ledger';
import { until } from '../support/until';
import { call, fetchTask, train, upload, uploadBody, type Answer } from './client';
import { anyText, containing } from '../providers/matching';

const HOUR_MS = 3_600_000;

describe('a scripted fault', () => {
  let sandbox: Sandbox;
  let uploadId: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ pace: { uploadMs: 0, trainMs: 0, uploadTtlMs: HOUR_MS } });
    uploadId = await upload(sandbox);
  });
  afterEach(() => sandbox.close());

  const submit = (signal: AbortSignal | null = null) =>
    call(sandbox, '/ai-photo-train', { training_images_id: uploadId }, { signal });
  const charges = async () => (await readLedger(sandbox.url)).submissions.length;

  it.each([
    ['refuse', 400, { errors: [{ msg: anyText }] }, 0],
    ['unauthorized', 401, {}, 0],
    ['busy', 429, {}, 0],
    ['error-before', 500, {}, 0],
    ['error-after', 500, {}, 1],
    ['garbage-after', 200, containing('<html>'), 1],
    ['slow', 200, { task_id: anyText }, 1],
    ['fail-later', 200, { task_id: anyText }, 1],
  ] as const)('"%s" answers a submission with %i', async (kind, status, json, charged) => {
    await addFault(sandbox.url, { endpoint: 'train', kind });

    expect(await submit()).toMatchObject({ status, json });
    expect(await charges()).toBe(charged);
  });

  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ] as const)('"%s" cuts the connection with %i charged', async (kind, charged) => {
    await addFault(sandbox.url, { endpoint: 'train', kind });

    await expect(submit()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await charges()).toBe(charged);
  });

  it('"hang-after" charges and never answers', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'hang-after' });
    const stop = new AbortController();
    const answer = submit(stop.signal).catch((error: unknown) => error);

    await until('it is charged', async () => ((await charges()) === 1 ? true : null));
    const first = await Promise.race([answer, call(sandbox, '/account', null)]);
    stop.abort();

    expect(first).toMatchObject({ json: { plan: 'sandbox' } }); // another call is answered meanwhile
    expect(await answer).toMatchObject({ name: 'AbortError' });
    expect(await charges()).toBe(1);
  });

  it('"busy" says when to come again', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'busy' });

    expect((await submit()).headers.get('retry-after')).toBe('1');
  });

  it('"fail-later" lets a training be accepted and fail', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    const taskId = await train(sandbox, uploadId);

    const failed = await until('the training ends', async () => {
      const { json } = (await fetchTask(sandbox, taskId)) as { json: { status: string } };
      return json.status === 'failed' ? json : null;
    });
    expect(failed).toMatchObject({ task_id: taskId, message: anyText });
  });

  it('"fail-later" lets an upload be accepted and fail', async () => {
    await addFault(sandbox.url, { endpoint: 'upload', kind: 'fail-later' });

    expect((await fetchTask(sandbox, await upload(sandbox))).json).toMatchObject({ status: 'failed' });
  });

  it('"odd-word" shows a status that is documented nowhere', async () => {
    await addFault(sandbox.url, { endpoint: 'fetch', kind: 'odd-word' });

    expect((await fetchTask(sandbox, uploadId)).json).toMatchObject({ status: 'polishing' });
  });

  it('does not excuse a wrong key', async () => {
    await addFault(sandbox.url, { endpoint: 'account', kind: 'busy' });

    expect(await call(sandbox, '/account', null, { authorization: 'no' })).toMatchObject({ status: 401 });
    expect(await call(sandbox, '/account', null)).toMatchObject({ status: 429 });
  });

  it('hits as many calls of its endpoint as it says, oldest fault first, and no other endpoint', async () => {
    await addFault(sandbox.url, { endpoint: 'account', kind: 'busy', times: 2 });
    await addFault(sandbox.url, { endpoint: 'account', kind: 'error-before' });
    const calls: Answer[] = [await fetchTask(sandbox, uploadId)];
    for (let i = 0; i < 4; i += 1) calls.push(await call(sandbox, '/account', null));

    expect(calls.map(({ status }) => status)).toEqual([200, 429, 429, 500, 200]);
  });

  it('given at start is the same as one given later', async () => {
    const faults = [{ endpoint: 'upload', kind: 'refuse', times: 1 }] as const;
    const other = await startSandbox({ faults });
    try {
      expect(await call(other, '/ai-photo-upload', await uploadBody())).toMatchObject({ status: 400 });
      expect(await call(other, '/ai-photo-upload', await uploadBody())).toMatchObject({ status: 200 });
    } finally {
      await other.close();
    }
  });
});
