import { newApiKey } from '../../../src/gateway/api/api-key';
import type { Gateway } from '../../../src/gateway/server';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { ask, startApi } from './api-rig';

const starter = newApiKey('shop', ['start']);
const reader = newApiKey('dashboard', ['read']);
const everyFolder = {
  under: 'file:nobody',
  request: { provider: 'apiframe', options: { gender: 'female', ethnicity: 'white' } },
};

describe('schedules over HTTP', () => {
  let rig: Rig;
  let gateway: Gateway;
  let url: string;
  const id = `api-${String(process.pid)}`;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    gateway = await startApi(rig, { access: { ask: 'keys', keys: [starter.kept, reader.kept] } });
    url = `${gateway.url}/v1/schedules`;
  });
  afterAll(async () => {
    for (const { name } of await rig.darkroom.schedules.list())
      if (name.startsWith(id)) await rig.darkroom.schedules.delete(name);
    await gateway.close();
    await rig.close();
  });
  const as = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });
  const post = (path: string, body?: unknown) =>
    ask(`${url}${path}`, { method: 'POST', body, headers: as(starter) });
  const get = (path: string) => ask(`${url}${path}`, { headers: as(reader) });

  it('are made of a manifest, shown, triggered, paused, changed and let go', async () => {
    const manifest = [await rig.request(), await rig.request({ subject: 's-2' })];
    const made = await post('', {
      id,
      cron: ['30 2 * * *'],
      timezone: 'Europe/Berlin',
      manifest,
      inFlight: 1,
    });
    expect(made).toMatchObject({
      status: 201,
      body: { id, notes: [/Berlin go/, /Berlin go/].map((words) => expect.stringMatching(words) as unknown) },
    });
    expect(made.headers.get('location')).toBe(`/v1/schedules/${id}`);
    expect(await get(`/${id}`)).toMatchObject({
      status: 200,
      body: {
        id,
        trains: '2 rows',
        overlap: 'skip',
        catchUpMs: 3_600_000,
        timezone: 'Europe/Berlin',
        times: ['30 2 * * *'],
        runs: [],
      },
    });
    const { status, body } = await post(`/${id}/trigger`);
    expect(status).toBe(202);
    const batch = String(body['id']);
    rig.remember(batch);
    expect(await post(`/${id}/trigger`)).toMatchObject({ status: 409, body: { code: 'schedule-busy' } });
    const runs = await until('the batch is over', async () => {
      const shown = (await get(`/${id}`)).body['runs'] as { outcome: string }[];
      return shown[0]?.outcome === 'completed' ? shown : null;
    });
    expect(runs).toMatchObject([
      { id: batch, status: { rows: 2, states: { succeeded: 2 }, creditsSpent: 100 } },
    ]);
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${batch}'` }))
      rig.remember(workflowId);

    expect((await post(`/${id}/pause`, { note: 'holiday' })).status).toBe(204);
    expect((await get(`/${id}`)).body).toMatchObject({ isPaused: true, note: 'holiday' });
    expect((await post(`/${id}/resume`, {})).status).toBe(204);
    const patch = {
      method: 'PATCH',
      headers: as(starter),
      body: { every: ['6h/30m'], pauseOnFailure: true },
    };
    expect(await ask(`${url}/${id}`, patch)).toMatchObject({ status: 200, body: { id, notes: [] } });
    expect((await get(`/${id}`)).body).toMatchObject({
      times: ['every 6h/30m'],
      pauseOnFailure: true,
      inFlight: 1,
    });
    const range = { from: '2026-01-05T00:00:00Z', to: '2026-01-05T01:00:00+01:00' };
    expect(await post(`/${id}/backfill`, range)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    await until('it is listed', async () => {
      const { schedules } = (await get('')).body as { schedules: { id: string }[] };
      return schedules.some((one) => one.id === id) ? true : null;
    });
    expect(await post('', { id, every: ['6h'], everyFolder })).toMatchObject({
      status: 409,
      body: { code: 'schedule-exists' },
    });
    expect((await ask(`${url}/${id}`, { method: 'DELETE', headers: as(starter) })).status).toBe(204);
    expect(await get(`/${id}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a day that never comes', { cron: ['0 0 30 2 *'], everyFolder }, /never comes/],
    ['no time', { everyFolder }, /needs times/],
    [
      'a zone that there is not',
      { every: ['1h'], timezone: 'Berlin', everyFolder },
      /did you mean Europe\/Berlin/,
    ],
    ['nothing to train', { every: ['1h'] }, /manifest or everyFolder/],
    ['two kinds', { every: ['1h'], everyFolder, manifest: 'request' }, /two kinds/],
    ['one person twice', { every: ['1h'], manifest: 'twice' }, /s-1 is in two rows/],
    ['an interval of no time', { every: ['0s'], everyFolder }, /one second or more/],
    ['a window that is too short', { every: ['1h'], catchUpMs: 0, everyFolder }, /catchUpMs/],
    [
      'a model of TryItOn for all',
      { every: ['1h'], everyFolder: { ...everyFolder, request: { provider: 'tryiton' } } },
      /everyFolder/,
    ],
    ['a field that there is not', { calendar: [{ minit: '5' }], everyFolder }, /calendar/],
  ])('%s makes nothing', async (_what, plan, words) => {
    const request = { ...(await rig.request()), generation: 1 };
    const manifest =
      plan['manifest'] === 'twice'
        ? { manifest: [request, request] }
        : 'manifest' in plan
          ? { manifest: [request] }
          : {};
    const name = `${id}-bad`;
    const { status, body } = await post('', { id: name, ...plan, ...manifest });
    expect([status, body['code']]).toEqual([400, 'invalid-request']);
    expect(body['detail']).toMatch(words);
    expect((await get(`/${name}`)).status).toBe(404);
  });

  it('take more than other requests: a manifest', async () => {
    const request = await rig.request();
    const manifest = Array.from({ length: 1000 }, (_, row) => ({ ...request, subject: `s-${String(row)}` }));
    expect(JSON.stringify(manifest).length).toBeGreaterThan(300 * 1024);
    const made = await post('', { id: `${id}-large`, cron: ['@yearly'], manifest });
    expect(made.status).toBe(201);
    expect((await get(`/${id}-large`)).body).toMatchObject({ trains: '1000 rows' });
    expect((await post('', { id: `${id}-huge`, note: 'x'.repeat(5 * 1024 ** 2) })).status).toBe(413);
  });

  it('need a key that may', async () => {
    const body = { id: `${id}-no`, every: ['1h'], everyFolder };
    expect((await ask(url, { body, headers: as(reader) })).status).toBe(403);
    expect((await ask(url, { headers: as(starter) })).status).toBe(403);
  });
});
