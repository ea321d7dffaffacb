import type { Gateway } from '../../../src/gateway/server';
import { newApiKey } from '../../../src/gateway/api/api-key';
import { oneTrainsOneWaits, writeLimits } from '../../support/account-limits';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { ask, startApi } from './api-rig';

const reader = newApiKey('dashboard', ['read']);
const starter = newApiKey('shop', ['start']);

describe('accounts with limits, over HTTP', () => {
  const account = `http-accounts-${String(process.pid)}`;
  let rig: Rig;
  let gateway: Gateway;
  let locked: Gateway;
  let stopWorker: () => Promise<void>;
  let url: string;
  let trains: string;
  let waits: string;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { APIFRAME_ACCOUNT: account },
    });
    writeLimits(rig, account, 'slots: 1, creditsPerDay: 400');
    stopWorker = await rig.startWorker();
    gateway = await startApi(rig);
    locked = await startApi(rig, { access: { ask: 'keys', keys: [reader.kept, starter.kept] } });
    url = `${gateway.url}/v1/accounts/apiframe/${account}`;
    ({ trains, waits } = await oneTrainsOneWaits(rig, account));
  });
  afterAll(async () => {
    await Promise.all([gateway.close(), locked.close()]);
    await rig.close();
  });
  const as = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });
  const untilOnLedger = () =>
    until('its charges are on the ledger', async () => {
      const { body } = await ask(`${url}/credits`);
      const [sum] = body['sums'] as { charged: number }[];
      return sum?.charged === 50 ? body : null;
    });

  it('are listed, and by the client library too', async () => {
    const mine = { id: `darkroom-account-apiframe-${account}`, provider: 'apiframe', account };
    await until('it is listed', async () => {
      const { body } = await ask(`${gateway.url}/v1/accounts`);
      return (body['accounts'] as { account: string }[]).some((one) => one.account === account) ? true : null;
    });
    expect((await ask(`${gateway.url}/v1/accounts`)).body['accounts']).toContainEqual(mine);
    expect(await rig.darkroom.accounts()).toContainEqual(mine);
  });

  it('say who waits and why, what was spent today and what is left', async () => {
    const { status, body } = await ask(url);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      provider: 'apiframe',
      account,
      limits: { slots: 1, creditsPerDay: 400, isPaused: false, customers: {} },
      problem: null,
      slotsTaken: 1,
      waiting: 1,
      next: [{ id: waits, place: 1, words: 'all 1 slots of the account are taken' }],
      credits: { planned: 50, reserved: 0, spent: 50, today: { spent: 50, unknown: 0 }, left: 350 },
    });
    const { balance } = body['credits'] as { balance: { at: string } };
    expect(new Date(balance.at).toISOString()).toBe(balance.at);
  });

  it('obey a changed accounts.yaml at once where that is asked for', async () => {
    writeLimits(rig, account, 'slots: 1, creditsPerDay: 400, submissionsPerMinute: 7');
    expect((await ask(`${url}/reload`, { method: 'POST' })).status).toBe(202);
    await until('it is obeyed', async () => {
      const { limits } = (await ask(url)).body as { limits: { submissionsPerMinute: number | null } };
      return limits.submissionsPerMinute === 7 ? true : null;
    });
  });

  it('have a ledger that is summed up by account, customer and day', async () => {
    const whole = await untilOnLedger();
    expect(whole).toMatchObject({
      planned: 50,
      sums: [{ key: account, trainings: 1, reserved: 0, charged: 50, refunded: 0, unknown: 0 }],
    });
    expect((await ask(`${url}/credits?by=customer`)).body).toMatchObject({
      sums: [{ key: 'c-7', trainings: 1, charged: 50 }],
    });
    const byDay = (await ask(`${url}/credits?by=day`)).body['sums'] as { key: string; charged: number }[];
    for (const { key } of byDay) expect(key).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(byDay.reduce((sum, { charged }) => sum + charged, 0)).toBe(50);
    expect((await ask(`${url}/credits?from=2026-01-01&to=2026-01-02`)).body['sums']).toEqual([]);
    const nobodys = await ask(`${gateway.url}/v1/accounts/tryiton/${account}/credits`);
    expect(nobodys).toMatchObject({ status: 200, body: { planned: null, sums: [], difference: null } });
  });

  it('give the ledger itself as CSV, by Accept or by name', async () => {
    await untilOnLedger();
    const accepted = await fetch(`${url}/credits`, { headers: { accept: 'text/csv' } });
    expect(accepted.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(accepted.headers.get('content-disposition')).toBe(
      `attachment; filename="ledger-apiframe-${account}.csv"`,
    );
    const text = await accepted.text();
    expect(text.split('\r\n')[0]).toBe('n,at,kind,training,customer,what,credits');
    expect(text).toContain(`,charged,${trains},c-7,training,48`);
    const named = await fetch(`${url}/credits?format=csv`, { headers: { accept: 'application/json' } });
    expect(await named.text()).toBe(text);
  });

  it.each([
    ['/credits?from=2026-13-01', '/from: must be a day such as 2026-11-25'],
    ['/credits?to=yesterday', '/to: must be a day such as 2026-11-25'],
    ['/credits?from=2026-02-02&to=2026-02-01', 'from 2026-02-02 is after to 2026-02-01'],
    ['/credits?from=2020-01-01&to=2026-01-01', '2193 days are more than 400; name a later from'],
    ['/credits?by=week', '/by: '],
  ])('refuse %s, and say why', async (path, words) => {
    expect(await ask(`${url}${path}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', detail: expect.stringContaining(words) as unknown },
    });
  });

  it('say of a provider that it is none, and of an account that nobody has asked it for a place', async () => {
    expect(await ask(`${gateway.url}/v1/accounts/nobody/default`)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', detail: '/provider: must be apiframe or tryiton' },
    });
    expect((await ask(`${gateway.url}/v1/accounts/apiframe/${'x'.repeat(201)}`)).status).toBe(400);
    const nobodys = `${gateway.url}/v1/accounts/tryiton/${account}`;
    const answers = [await ask(nobodys), await ask(`${nobodys}/reload`, { method: 'POST' })];
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 404,
        body: {
          code: 'not-found',
          detail: expect.stringContaining(
            `No training has asked the account ${account} of tryiton`,
          ) as unknown,
        },
      });
  });

  it('need a key with the scope', async () => {
    const list = `${locked.url}/v1/accounts`;
    const one = `${list}/apiframe/${account}`;
    for (const address of [list, one, `${one}/credits`]) {
      expect((await ask(address)).status).toBe(401);
      expect((await ask(address, { headers: as(reader) })).status).toBe(200);
      expect((await ask(address, { headers: as(starter) })).status).toBe(403);
    }
    const reload = (key: { key: string }) => ask(`${one}/reload`, { method: 'POST', headers: as(key) });
    expect((await reload(reader)).status).toBe(403);
    expect((await reload(starter)).status).toBe(202);
  });

  it('without a worker can say nothing but what is on the ledger', async () => {
    await untilOnLedger();
    await stopWorker();
    const [status, credits] = await Promise.all([ask(url), ask(`${url}/credits`)]);
    stopWorker = await rig.startWorker();
    expect(status).toMatchObject({ status: 503, body: { code: 'no-worker' } });
    expect(status.headers.get('retry-after')).toBe('5');
    expect(status.body['detail']).toContain(`No worker answers for darkroom-account-apiframe-${account}`);
    expect(credits).toMatchObject({ status: 200, body: { planned: null, sums: [{ charged: 50 }] } });
  });
});
