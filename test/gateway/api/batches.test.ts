import type { Gateway } from '../../../src/gateway/server';
import { newApiKey } from '../../../src/gateway/api/api-key';
import { batchesOf } from '../../support/batches';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { ask, startApi } from './api-rig';

const reader = newApiKey('dashboard', ['read']);

describe('batches over HTTP', () => {
  let rig: Rig;
  let gateway: Gateway;
  let locked: Gateway;
  let url: string;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 700, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
    gateway = await startApi(rig);
    locked = await startApi(rig, { access: { ask: 'keys', keys: [reader.kept] } });
    url = `${gateway.url}/v1/batches`;
  });
  afterAll(async () => {
    await Promise.all([gateway.close(), locked.close()]);
    await rig.close();
  });
  const { newId, requests, result } = batchesOf(() => rig);
  const charges = async () => (await rig.ledger()).submissions.length;
  const start = (id: string, body: unknown) => ask(url, { body, headers: { 'idempotency-key': id } });
  const csv = (id: string, lines: string[], query = '') =>
    fetch(`${url}${query}`, {
      method: 'POST',
      body: lines.join('\n'),
      headers: { 'content-type': 'text/csv', 'idempotency-key': id },
    });

  it('are started once under their key, followed, listed and reported', async () => {
    const id = newId();
    const rows = await requests(3, { customer: 'shop' });
    rows[1] = { ...(rows[1] as (typeof rows)[number]), photos: ['file:nowhere.jpg'] };
    const before = await charges();
    const first = await start(id, { rows, inFlight: 2 });
    expect(first).toMatchObject({ status: 201, body: { id, how: 'started', rows: 3 } });
    expect(first.headers.get('location')).toBe(`/v1/batches/${id}`);
    expect(await start(id, { rows, inFlight: 2 })).toMatchObject({ status: 200, body: { how: 'joined' } });
    expect(await start(id, { rows: rows.slice(1) })).toMatchObject({
      status: 409,
      body: { code: 'id-taken' },
    });
    await result(id);
    expect(await charges()).toBe(before + 2);

    expect((await ask(`${url}/${id}`)).body).toMatchObject({ rows: 3, states: { succeeded: 2, failed: 1 } });
    const page = (await ask(`${url}/${id}/rows?limit=2`)).body;
    expect(page).toMatchObject({
      rows: [{ row: 1, subject: 's-0', customer: 'shop' }, { row: 2 }],
      cursor: '2',
    });
    expect((await ask(`${url}/${id}/rows?limit=2&cursor=2`)).body).toMatchObject({
      rows: [{ row: 3 }],
      cursor: null,
    });
    expect((await ask(`${url}/${id}/rows?state=failed`)).body).toMatchObject({ rows: [{ row: 2 }] });
    await until('it is listed', async () => {
      const { batches } = (await ask(url)).body as { batches: { id: string; is: string }[] };
      return batches.some((one) => one.id === id && one.is === 'over') ? true : null;
    });

    const { headers, body } = await ask(`${url}/${id}/report`);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toMatchObject({
      outcomes: { done: 2, 'photos-rejected': 1 },
      customers: [{ customer: 'shop', rows: 3 }],
      credits: { spent: 100 },
    });
    const asCsv = await fetch(`${url}/${id}/report`, { headers: { accept: 'text/csv' } });
    expect(asCsv.headers.get('content-disposition')).toBe(`attachment; filename="${id}.csv"`);
    expect((await asCsv.text()).split('\r\n')).toHaveLength(5);
    const asPage = await fetch(`${url}/${id}/report?format=html`);
    expect(asPage.headers.get('content-security-policy')).toContain('sandbox');
    expect(await asPage.text()).toContain(
      `http://temporal.test/namespaces/${rig.access.namespace}/workflows/`,
    );
  });

  it('are steered: a retry leaves what has cost something, and says so', async () => {
    const id = newId();
    const [row] = await requests(1);
    await start(id, { rows: [row] });
    const steer = (body: unknown) => ask(`${url}/${id}/steering`, { body });
    expect(await steer({ do: 'pause' })).toMatchObject({ status: 200, body: { status: { isPaused: true } } });
    expect(await steer({ do: 'resume' })).toMatchObject({ status: 200, body: { again: 0, left: [] } });
    expect(await steer({ do: 'cancel', rows: [7] })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('has no row 7') as unknown },
    });
    expect(await steer({ do: 'jump' })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    await result(id);
    expect(await steer({ do: 'pause' })).toMatchObject({ status: 409, body: { code: 'steering-refused' } });
    expect(await steer({ do: 'retry', rows: [1] })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Row 1 is succeeded') as unknown },
    });
    expect(await ask(`${url}/nobody`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await ask(`${url}/nobody/report`)).toMatchObject({ status: 404 });
  });

  it('come as CSV too, whole or not at all', async () => {
    const id = newId();
    const [{ photos } = { photos: [] }] = await requests(1);
    // The same photos again are the same training, unless they are of another generation.
    const of = (n: number) => `s-csv-${String(n)},${photos.join(';')},female,white,${String(78 + n)}`;
    const head = 'subject,photos,gender,ethnicity,generation';
    const good = `s-csv,${photos.join(';')},female,white,77`;
    const before = await charges();
    const wrong = await csv(id, [head, good, good, 's-x,file:1.jpg,robot,white,']);
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      expect.objectContaining({
        detail: expect.stringMatching(
          /^Row 3: subject: s-csv is in row 2 already.*1 more; nothing/,
        ) as unknown,
        at: [expect.objectContaining({ path: 'row 3' }), expect.objectContaining({ path: 'row 4' })],
      }),
    ]);
    const folder = await csv(id, [head, 's-x,people/one,female,white,']);
    expect([folder.status, await folder.json()]).toEqual([
      400,
      expect.objectContaining({ detail: expect.stringContaining('must be a reference') as unknown }),
    ]);
    const taken = await csv(id, [head, '', good], '?inFlight=3');
    expect(taken.status).toBe(201);
    expect(await result(id)).toMatchObject({ inFlight: 3, budgetCredits: null, states: { succeeded: 1 } });
    expect((await ask(`${url}/${id}/rows`)).body).toMatchObject({ rows: [{ row: 3, place: 1 }] });
    expect(await charges()).toBe(before + 1);
    const tight = newId();
    const dear = await csv(tight, [head, of(0)], '?budgetCredits=49');
    expect(dear.status).toBe(201);
    await expect(result(tight)).rejects.toMatchObject({ cause: { type: 'OverBudget' } });
    const partial = newId();
    await csv(partial, [head, of(1), of(2)], '?budgetCredits=99&beyondMeans=leave-out');
    expect(await result(partial)).toMatchObject({
      budgetCredits: 99,
      states: { succeeded: 1, 'left-out': 1 },
    });
    expect(
      await ask(`${url}/${partial}/steering`, { body: { do: 'retry', budgetCredits: 100 } }),
    ).toMatchObject({
      status: 200,
      body: { again: 1 },
    });
    expect(await result(partial)).toMatchObject({ budgetCredits: 100, states: { succeeded: 2 } });
    expect(await charges()).toBe(before + 3);
    const none = await csv(newIdUnstarted(), [head, good], '?budgetCredits=0');
    expect([none.status, await none.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid-request' }),
    ]);
    // No other route takes it.
    const elsewhere = await fetch(`${gateway.url}/v1/trainings`, {
      method: 'POST',
      body: 'a,b',
      headers: { 'content-type': 'text/csv' },
    });
    expect(elsewhere.status).toBe(415);
  });

  it('are refused where they are too large, repeat a person, or miscount', async () => {
    const [row] = await requests(1);
    const large = await start(newIdUnstarted(), { rows: [row], more: 'x'.repeat(9 * 1024 ** 2) });
    expect([large.status, large.body['code']]).toEqual([413, 'too-large']);
    const twice = await start(newIdUnstarted(), { rows: [row, row] });
    expect(twice).toMatchObject({ status: 400, body: { at: [{ path: 'row 2' }] } });
    const miscounted = await start(newIdUnstarted(), { rows: [row], numbers: [1, 2] });
    expect(miscounted).toMatchObject({ status: 400 });
  });
  const newIdUnstarted = () => `unstarted-${String(Date.now())}`;

  it('need a key with the scope', async () => {
    const headers = { authorization: `Bearer ${reader.key}` };
    const locked_ = `${locked.url}/v1/batches`;
    expect((await ask(locked_)).status).toBe(401);
    expect((await ask(locked_, { headers })).status).toBe(200);
    expect((await ask(locked_, { headers, body: { rows: await requests(1) } })).status).toBe(403);
    expect((await ask(`${locked_}/x/steering`, { headers, body: { do: 'pause' } })).status).toBe(403);
  });
});
