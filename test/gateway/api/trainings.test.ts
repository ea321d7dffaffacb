import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { Gateway } from '../../../src/gateway/server';
import { addFault, clearFaults } from '../../support/ledger';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { ask, startApi } from './api-rig';

describe('trainings over HTTP', () => {
  let rig: Rig;
  let gateway: Gateway;
  let url: string;
  let number = 0;
  const newId = () => `http-${String(process.pid)}-${String(Date.now())}-${String((number += 1))}`;
  const start = async (id: string, request: unknown) => {
    rig.remember(id);
    return ask(`${url}/trainings`, { body: request, headers: { 'idempotency-key': id } });
  };
  /** All that a stream tells. The provider says nothing of the end until `seen` has been told. */
  const eventsTo = async (id: string, seen: string) => {
    const { body } = await fetch(`${url}/trainings/${id}/events`);
    if (body === null) throw new Error('the stream has no body');
    let told = '';
    for await (const line of createInterface({ input: Readable.fromWeb(body as WebStream) })) {
      told += `${line}\n`;
      if (line.includes(seen)) await clearFaults(rig.sandbox.url);
    }
    return told;
  };
  const charges = async () => (await rig.ledger()).submissions.length;

  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
    gateway = await startApi(rig);
    url = `${gateway.url}/v1`;
  });
  afterAll(async () => {
    await gateway.close();
    await rig.close();
  });

  it('are started once under their key, and followed to the end', async () => {
    const id = newId();
    const request = await rig.request();
    const before = await charges();
    // A stream looks every two seconds, so the training lasts until it has been seen. The first look is at the upload.
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'busy', nth: 2, times: 10_000 });
    const first = await start(id, request);
    expect(first).toMatchObject({ status: 201, body: { id, how: 'started' } });
    expect(first.headers.get('location')).toBe(`/v1/trainings/${id}`);
    expect(await start(id, request)).toMatchObject({ status: 200, body: { id, how: 'joined' } });

    const events = await eventsTo(id, '"state":"training"');
    const names = [...events.matchAll(/^event: (.+)$/gm)].map(([, name]) => name);
    expect(names.at(-1)).toBe('over');
    expect(events).toContain('"state":"training"');
    expect(events).toContain('"state":"succeeded"');

    const { body: status } = await ask(`${url}/trainings/${id}`);
    expect(status).toMatchObject({ id, state: 'succeeded', charge: 'charged', credits: { spent: 50 } });
    const { body: photos } = await ask(`${url}/trainings/${id}/photos`);
    expect(photos['photos']).toHaveLength(12);
    const report = await fetch(`${url}/trainings/${id}/report`);
    expect(report.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await report.text()).toContain('<!doctype html>');
    expect(await charges()).toBe(before + 1);
  });

  it('of a hundred callers at once with the same key are one', async () => {
    const id = newId();
    const request = await rig.request();
    const before = await charges();
    const answers = await Promise.all(Array.from({ length: 100 }, () => start(id, request)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 99 }, () => 200), 201]);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect(await charges()).toBe(before + 1);
  });

  it('under a key of another request are refused, with what differs', async () => {
    const id = newId();
    const request = await rig.request();
    await start(id, request);
    const other = { ...request, options: { ...request.options, gender: 'male' }, maxPhotos: 11 };
    const { status, headers, body } = await start(id, other);
    expect(status).toBe(409);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      code: 'id-taken',
      at: [
        { path: '/maxPhotos', message: 'is 11 here, and absent there' },
        { path: '/options/gender', message: 'is "male" here, and "female" there' },
      ],
    });
    await rig.darkroom.result(id);
  });

  it('under a key of another request show nothing that opens what is theirs', async () => {
    const id = newId();
    const photos = [1, 2].map((n) => `https://photos.example/${String(n)}.jpg?X-Amz-Signature=theirs`);
    const callback = { url: 'https://hooks.example/services/theirs' };
    // Nobody works on it: it is only there.
    await rig.client.workflow.start('trainPerson', {
      workflowId: id,
      taskQueue: 'nobody',
      args: [{ ...(await rig.request({ photos })), callback }],
      memo: { fingerprint: 'another' },
    });
    rig.remember(id);
    const { status, body } = await start(id, { ...(await rig.request()), callback: { url: 'https://a.b/' } });
    expect(status).toBe(409);
    expect(JSON.stringify(body)).not.toContain('theirs');
    expect((body as { at: { path: string }[] }).at.map(({ path }) => path)).toEqual([
      '/generation',
      '/photos',
    ]);
  });

  it('are listed page by page, by state and subject', async () => {
    const subject = `listed-${String(Date.now())}`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push(newId());
      await start(ids.at(-1) ?? '', await rig.request({ subject }));
    }
    const list = async (query: string) => {
      const { body } = await ask(`${url}/trainings?subject=${subject}&${query}`);
      return body as { trainings: { id: string }[]; cursor: string | null };
    };
    await until('all are listed', async () =>
      (await list('limit=10')).trainings.length === 3 ? true : null,
    );
    const first = await list('limit=2');
    expect(first.trainings.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await list(`limit=2&cursor=${first.cursor ?? ''}`);
    expect(second.trainings.map(({ id }) => id)).toEqual([ids[0]]);
    for (const id of ids) await rig.darkroom.result(id);
    await until('all have succeeded', async () =>
      (await list('state=succeeded&provider=apiframe')).trainings.length === 3 ? true : null,
    );
    expect((await list('limit=1')).trainings).toMatchObject([{ creditsSpent: 50, trouble: null }]);
    expect((await list('state=failed')).trainings).toEqual([]);
  });

  it('are canceled, and say so where they have ended', async () => {
    const id = newId();
    await start(id, await rig.request());
    await rig.untilState(id, 'training');
    // It must not end on the way to the cancelation.
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'busy', times: 10_000 });
    expect((await ask(`${url}/trainings/${id}`, { method: 'DELETE' })).status).toBe(202);
    await clearFaults(rig.sandbox.url);
    await rig.untilState(id, 'canceled');
    expect(await ask(`${url}/trainings/${id}`, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'ended' },
    });
  });

  it('wait for a decision, and take one', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = newId();
    await start(id, await rig.request());
    await rig.untilState(id, 'needs-decision');
    const decide = (body: unknown) => ask(`${url}/trainings/${id}/decision`, { body });
    expect(await decide({ decision: 'retry' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect(await decide({ decision: 'adopt', trainingId: 'nobody-knows-it' })).toMatchObject({
      status: 409,
      body: { code: 'decision-refused' },
    });
    expect((await decide({ decision: 'abandon' })).status).toBe(204);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'failed', charge: 'unknown' });
    expect((await decide({ decision: 'abandon' })).status).toBe(409);
  });

  it('that there are not are not found, whatever is asked of them', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/photos'],
      ['GET', '/report'],
      ['GET', '/events'],
      ['DELETE', ''],
    ])
      expect(await ask(`${url}/trainings/nobody${path ?? ''}`, { method: method ?? '' })).toMatchObject({
        status: 404,
        body: { code: 'not-found', status: 404, type: 'urn:darkroom:problem:not-found' },
      });
  });
});
