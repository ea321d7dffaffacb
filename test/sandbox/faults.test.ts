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

describe('faults of more than one call', () => {
  let sandbox: Sandbox;
  let uploadId: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ pace: { uploadMs: 0, trainMs: 200, uploadTtlMs: HOUR_MS } });
    uploadId = await upload(sandbox);
  });
  afterEach(() => sandbox.close());

  const submit = () => call(sandbox, '/ai-photo-train', { training_images_id: uploadId });
  const statusOf = async (taskId: string) =>
    ((await fetchTask(sandbox, taskId)).json as { status: string }).status;

  it('the n-th call is hit, and the calls before it are not', async () => {
    await addFault(sandbox.url, { endpoint: 'account', kind: 'error-before', nth: 3, status: 503 });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await call(sandbox, '/account', null)).status);

    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  it.each([500, 502, 503, 504, 408, 409, 499])('an error after recording can be %i', async (status) => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'error-after', status });

    expect(await submit()).toMatchObject({ status });
    expect((await readLedger(sandbox.url)).submissions).toHaveLength(1);
  });

  it('"busy" without a time to come again', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'busy', retryAfterS: null });
    const { status, headers } = await submit();

    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: null });
  });

  it('"cut-answer" records, promises an answer and breaks off', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'cut-answer' });

    await expect(submit()).rejects.toBeDefined();
    expect((await readLedger(sandbox.url)).submissions).toHaveLength(1);
  });

  it('"no-id-after" and "huge-after" record, and answer what nobody can use', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'no-id-after' });
    await addFault(sandbox.url, { endpoint: 'train', kind: 'huge-after' });

    expect(await submit()).toMatchObject({ status: 200, json: {} });
    expect(JSON.stringify((await submit()).json).length).toBeGreaterThan(2 * 1024 * 1024);
    expect((await readLedger(sandbox.url)).submissions).toHaveLength(2);
  });

  it('"expired" refuses the submission', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'expired' });

    expect(await submit()).toMatchObject({ status: 400, json: { errors: [{ msg: containing('expired') }] } });
  });

  it('"fail-then-retry" fails, retries, and finishes', async () => {
    await addFault(sandbox.url, { endpoint: 'train', kind: 'fail-then-retry' });
    const taskId = await train(sandbox, uploadId);

    expect([await statusOf(taskId), await statusOf(taskId)]).toEqual(['failed', 'retrying']);
    await until('it finishes', async () => ((await statusOf(taskId)) === 'finished' ? true : null));
  });

  it('"forgotten" knows the task no more, for as many calls as it says', async () => {
    const taskId = await train(sandbox, uploadId);
    await addFault(sandbox.url, { endpoint: 'fetch', kind: 'forgotten', times: 2 });
    const statuses = [0, 0, 0].map(async () => (await fetchTask(sandbox, taskId)).status);

    expect((await Promise.all(statuses)).sort()).toEqual([200, 404, 404]);
  });

  it('"percent-back" shows less than there was', async () => {
    const other = await startSandbox({ pace: { uploadMs: 0, trainMs: 1000, uploadTtlMs: HOUR_MS } });
    try {
      const taskId = await train(other, await upload(other));
      const percent = async () =>
        Number(((await fetchTask(other, taskId)).json as { percentage: string }).percentage);
      const before = await until('some percent', async () => ((await percent()) > 30 ? percent() : null));
      await addFault(other.url, { endpoint: 'fetch', kind: 'percent-back' });

      expect(await percent()).toBeLessThan(before);
    } finally {
      await other.close();
    }
  });

  it('"silence" answers no call of the endpoint for its time', async () => {
    await addFault(sandbox.url, { endpoint: 'fetch', kind: 'silence', forMs: 300 });
    const sinceMs = Date.now();
    const silent = [1, 2].map(() =>
      call(sandbox, '/fetch', { task_id: uploadId }, { signal: AbortSignal.timeout(150) }).catch(
        () => 'silent',
      ),
    );

    expect(await Promise.all(silent)).toEqual(['silent', 'silent']);
    expect(await call(sandbox, '/account', null)).toMatchObject({ status: 200 });
    await until('it answers again', async () => {
      const signal = AbortSignal.timeout(100);
      const answer = await call(sandbox, '/fetch', { task_id: uploadId }, { signal }).catch(() => null);
      return answer === null ? null : true;
    });
    expect(Date.now() - sinceMs).toBeGreaterThanOrEqual(300);
  });

  it('random faults are the same for the same seed, in the share that was asked for', async () => {
    const random = { endpoint: 'account', seed: 7, share: 0.3, kinds: ['error-before:status=502', 'busy'] };
    const statuses = async () => {
      const one = await startSandbox();
      try {
        await call(one, '/sandbox/faults', { random });
        const all: number[] = [];
        for (let i = 0; i < 200; i += 1) all.push((await call(one, '/account', null)).status);
        return all;
      } finally {
        await one.close();
      }
    };
    const [first, second] = [await statuses(), await statuses()];

    expect(first).toEqual(second);
    expect(new Set(first)).toEqual(new Set([200, 429, 502]));
    const hit = first.filter((status) => status !== 200).length;
    expect(hit).toBeGreaterThan(40);
    expect(hit).toBeLessThan(80);
  });

  it('all are gone after DELETE', async () => {
    await addFault(sandbox.url, { endpoint: 'account', kind: 'busy', times: 100 });
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });

    expect(await call(sandbox, '/account', null)).toMatchObject({ status: 200 });
  });
});
