import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderToString } from 'preact-render-to-string';
import { newApiKey } from '../../../src/gateway/api/api-key';
import { AccountsView } from '../../../src/gateway/pages/views/accounts';
import type { Gateway } from '../../../src/gateway/server';
import { oneTrainsOneWaits, writeLimits } from '../../support/account-limits';
import { ofEach, openBrowser } from '../../support/browser';
import { CONTRAST } from '../../support/contrast';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { startApi } from '../api/api-rig';
import { cookieOf } from './signed-in';

const reader = newApiKey('dashboard', ['read']);

describe('the pages of accounts with limits, without scripts', () => {
  // Whatever somebody calls an account stands in addresses and on pages.
  const account = `page/${String(process.pid)} <b>&"x"`;
  const address = `/accounts/apiframe/${encodeURIComponent(account)}`;
  const limits = 'slots: 1, creditsPerDay: 400';
  let rig: Rig;
  let gateway: Gateway;
  let locked: Gateway;
  let stopWorker: () => Promise<void>;
  let browser: Browser;
  let page: Page;
  let waits: string;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { APIFRAME_ACCOUNT: account },
    });
    writeLimits(rig, account, limits);
    stopWorker = await rig.startWorker();
    gateway = await startApi(rig);
    locked = await startApi(rig, { access: { ask: 'keys', keys: [reader.kept] } });
    browser = await openBrowser();
    ({ waits } = await oneTrainsOneWaits(rig, account));
    await until('it is listed', async () =>
      (await rig.darkroom.accounts()).some((one) => one.account === account) ? true : null,
    );
    await until('its charges are on the ledger', async () =>
      (await (await fetch(`${gateway.url}${address}/ledger`)).text()).includes('c-7,training,48')
        ? true
        : null,
    );
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([gateway.close(), locked.close()]);
    await rig.close();
  });
  const open = async (path: string, options: BrowserContextOptions = {}) => {
    page = await (await browser.newContext({ javaScriptEnabled: false, ...options })).newPage();
    await page.goto(`${gateway.url}${path}`);
  };
  const reloaded = async (changed: string) => {
    writeLimits(rig, account, changed);
    await rig.darkroom.reloadAccount('apiframe', account);
  };
  const untilPageSays = (words: string) =>
    until(`the page says "${words}"`, async () => {
      await page.reload();
      return (await page.locator('main').innerText()).includes(words) ? true : null;
    });
  const cells = (name: string) => page.getByRole('table', { name }).locator('tbody tr').allInnerTexts();

  it('lead from the list to an account, to who waits for it and why', async () => {
    await open('/');
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    const row = page.getByRole('row', { name: account });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      '1 of 1',
      '1',
      '50 of 400',
      '0',
      '350',
      '–',
    ]);
    await row.getByRole('link').click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(account);
    const facts = await page.locator('dl').innerText();
    for (const [name, value] of [
      ['Slots taken', '1 of 1'],
      ['Credits spent today', '50 of 400'],
      ['Planned for those that wait', '50'],
      ['Credits left', '350'],
    ])
      expect(facts).toContain(`${name ?? ''}\n${value ?? ''}`);
    expect(await page.locator('dl').innerText()).toMatch(/Balance at the provider\n\d+, [\d-]+ [\d:]+ UTC/);
    await page.getByRole('link', { name: waits }).click();
    expect(await page.locator('main').innerText()).toContain('place 1: all 1 slots of the account are taken');
    await page.getByRole('link', { name: 'Accounts with limits' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Accounts with limits');
    await page.context().close();
  });

  it('sum the ledger up by customer and by day, and give it as CSV', async () => {
    await open(address);
    expect(await cells('Credits by customer')).toEqual([expect.stringMatching(/^c-7\s+1\s+0\s+50\s+0\s+0$/)]);
    const days = await cells('Credits by day');
    for (const day of days) expect(day).toMatch(/^\d{4}-\d\d-\d\d\s+1\s/);
    const href = await page.getByRole('link', { name: 'The ledger, CSV' }).getAttribute('href');
    const csv = await fetch(`${gateway.url}${href ?? ''}`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toMatch(
      /^attachment; filename="ledger-apiframe-[\w.-]+\.csv"$/,
    );
    await page.context().close();
  });

  it('have a changed accounts.yaml obeyed, and say what is wrong with one', async () => {
    writeLimits(rig, account, `${limits}, submissionsPerMinute: 7, eachCustomer: { slots: 3 }`);
    await open(address);
    await page.getByRole('button', { name: 'Obey it now' }).click();
    await page.locator('.notice', { hasText: 'The limits are read by a worker now' }).waitFor();
    await untilPageSays('Submissions a minute\nat most 7');
    expect(await page.locator('dl').innerText()).toContain('Each customer\n3 slots');
    await reloaded('slots: none');
    await untilPageSays('accounts.yaml is not right, so the limits before it hold');
    await page.goto(`${gateway.url}/accounts`);
    expect(await page.getByRole('row', { name: account }).innerText()).toContain(
      'accounts.yaml is not right',
    );
    await reloaded(`${limits}, paused: true`);
    await untilPageSays('paused');
    await reloaded(limits);
    await until('all is as before', async () => {
      const status = await rig.darkroom.account('apiframe', account);
      return status?.limits?.isPaused === false && status.problem === null ? true : null;
    });
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read, %s', async (colorScheme) => {
    for (const path of ['/accounts', address]) {
      await open(path, { colorScheme, javaScriptEnabled: true });
      const texts = 'h1, h2, p, a, b, span, label, button, code, th, td, dt, dd, time';
      for (const contrast of await ofEach<number>(page, texts, CONTRAST))
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      await page.context().close();
    }
  });

  it('fit a phone, with nothing too small for a thumb', async () => {
    for (const path of ['/accounts', address]) {
      await open(path, { viewport: { width: 360, height: 740 }, javaScriptEnabled: true });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      for (const height of await ofEach<number>(
        page,
        'button',
        '(one) => one.getBoundingClientRect().height',
      ))
        expect(height === 0 || height >= 44).toBe(true);
      expect(await page.locator('script').count()).toBe(0);
      await page.context().close();
    }
  });

  it('write whatever an account is called as text', async () => {
    for (const path of ['/accounts', address]) {
      const answer = await fetch(`${gateway.url}${path}`);
      const html = await answer.text();
      expect(html).toContain('&lt;b>&amp;&quot;x&quot;');
      expect(html).not.toContain('<b>&');
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });

  it('do nothing for a page of somebody else, nor for a key that may only read', async () => {
    const post = (url: string, headers: Record<string, string>) =>
      fetch(`${url}${address}/reload`, { method: 'POST', headers, redirect: 'manual' });
    const theirs = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await post(gateway.url, theirs)).status).toBe(403);
    const cookie = await cookieOf(locked, reader.key);
    expect((await post(locked.url, { cookie })).status).toBe(403);
    const seen = await (await fetch(`${locked.url}${address}`, { headers: { cookie } })).text();
    expect(seen).toContain('Who waits');
    expect(seen).not.toContain('/reload');
    for (const path of ['/accounts', address, `${address}/ledger`])
      expect((await fetch(`${locked.url}${path}`, { redirect: 'manual' })).status).toBe(303);
  });

  it('say that nobody has asked for a place on an account, and what an address does not mean', async () => {
    const text = async (path: string) => {
      const answer = await fetch(`${gateway.url}${path}`);
      return [answer.status, await answer.text()];
    };
    expect(await text('/accounts/tryiton/nobodys')).toEqual([
      404,
      expect.stringContaining('No training has asked the account nobodys of tryiton for a place lately'),
    ]);
    expect(await text('/accounts/nobody/default')).toEqual([
      400,
      expect.stringContaining('must be apiframe or tryiton'),
    ]);
  });

  it('show the ledger where no worker runs', async () => {
    await stopWorker();
    const [list, one] = await Promise.all(
      ['/accounts', address].map(async (path) => (await fetch(`${gateway.url}${path}`)).text()),
    );
    stopWorker = await rig.startWorker();
    expect(list).toContain('No worker answers for it right now.');
    expect(one).toContain('No worker answers for darkroom-account-apiframe-page');
    expect(one).toContain('Credits by customer');
    expect(one).not.toContain('Slots taken');
  });
});

test('the page of accounts says how limits are switched on where there are none', () => {
  const viewer = { name: 'somebody', scopes: ['read'], isSignedIn: false } as const;
  const html = renderToString(AccountsView({ accounts: [], today: '2026-11-25', viewer }));
  expect(html).toContain('<code>accounts.yaml</code>');
  expect(html).toContain('DARKROOM_ACCOUNTS');
  expect(html).not.toContain('<table');
});
