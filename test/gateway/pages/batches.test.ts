import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { newApiKey } from '../../../src/gateway/api/api-key';
import type { Gateway } from '../../../src/gateway/server';
import { batchesOf } from '../../support/batches';
import { ofEach, openBrowser } from '../../support/browser';
import { CONTRAST } from '../../support/contrast';
import { addFault } from '../../support/ledger';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { startApi } from '../api/api-rig';
import { cookieOf } from './signed-in';

const reader = newApiKey('dashboard', ['read']);

describe('the pages of batches, without scripts', () => {
  let rig: Rig;
  let gateway: Gateway;
  let locked: Gateway;
  let browser: Browser;
  let page: Page;
  /** Over: one row has failed before it cost anything, one after that. */
  let over: string;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
    gateway = await startApi(rig);
    locked = await startApi(rig, { access: { ask: 'keys', keys: [reader.kept] } });
    browser = await openBrowser();
    const all = await requests(3, { customer: 'shop' });
    all[0] = { ...(all[0] as (typeof all)[number]), photos: ['file:nowhere.jpg'] };
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    over = newId();
    await rig.darkroom.startBatch(over, await order(all, 1, [3, 5, 812]));
    await result(over);
    await until('it is listed', async () =>
      (await rig.darkroom.batches()).batches.some(({ id, is }) => id === over && is === 'over') ? true : null,
    );
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([gateway.close(), locked.close()]);
    await rig.close();
  });
  const { newId, order, requests, result, rememberRows } = batchesOf(() => rig);

  const open = async (path: string, options: BrowserContextOptions = {}) => {
    page = await (await browser.newContext({ javaScriptEnabled: false, ...options })).newPage();
    await page.goto(`${gateway.url}${path}`);
  };
  afterEach(() => page.context().close());
  const told = (text: string) => page.locator('.notice', { hasText: text }).waitFor();

  it('lead from the list to a batch, its rows and its reports', async () => {
    await open('/');
    await page.getByRole('link', { name: 'Batches' }).click();
    const row = page.getByRole('row', { name: over });
    expect(await row.innerText()).toMatch(/over\s+3 rows · 1 succeeded · 2 failed · 100 credits spent/);
    await row.getByRole('link').click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(over);
    expect(await page.getByRole('progressbar', { name: `Progress of ${over}` }).getAttribute('value')).toBe(
      '100',
    );
    expect(await page.locator('tbody tr').count()).toBe(3);
    await page.locator('select').selectOption('succeeded');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^812\s+s-2\s+shop · train-s-2-[0-9a-f]{12}\s+succeeded\s+50$/),
    ]);
    await page.getByRole('link', { name: 'failed 2' }).click();
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('[aria-current=true]').innerText()).toBe('failed 2');
    await page.getByRole('link', { name: 'Report, page' }).click();
    expect(await page.title()).toBe(`Batch ${over}`);
  });

  it('retry by keyboard alone, and name how many are left because they have cost something', async () => {
    await open(`/batches/${over}`);
    await page.getByLabel('Only these rows').fill('812');
    await page.keyboard.press('Enter');
    await told('Row 812 is succeeded');
    expect(await page.getByLabel('Only these rows').first().inputValue()).toBe('812');
    await page.getByLabel('Only these rows').first().fill('many');
    await page.keyboard.press('Enter');
    await told('Write numbers of rows, such as 3, 812.');
    await page.getByLabel('Only these rows').first().fill('');
    await page.keyboard.press('Enter');
    await told(
      'Rows that start over: 1. Rows that are left, because they have cost something or may have: 1.',
    );
    await result(over);
  });

  it('retry within a budget, and raise it', async () => {
    const id = newId();
    const means = { budgetCredits: 99, beyondMeans: 'leave-out' } as const;
    await rig.darkroom.startBatch(id, { ...(await order(await requests(2), 2)), ...means });
    await result(id);
    await open(`/batches/${id}`);
    const budget = page.getByLabel('What the whole batch may cost');
    expect(await budget.inputValue()).toBe('99');
    await budget.fill('much');
    await page.keyboard.press('Enter');
    await told('A budget is a whole number of credits, 1 or more.');
    await budget.fill('100');
    await page.keyboard.press('Enter');
    await told('Rows that start over: 1');
    expect(await result(id)).toMatchObject({ states: { succeeded: 2 }, budgetCredits: 100 });
  });

  it('pause, go on and cancel a batch that runs, in two steps', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(3), 1));
    await open(`/batches/${id}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await told('It is paused');
    await page.getByRole('button', { name: 'Go on' }).click();
    await told('It goes on.');
    await page.locator('summary#cancel').press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await told('Cancellation is asked for');
    await result(id);
    await rememberRows(id);
  });

  it.each(['light', 'dark'] as const)('can be read, %s', async (colorScheme) => {
    for (const path of ['/batches', `/batches/${over}`]) {
      await open(path, { colorScheme, javaScriptEnabled: true });
      const texts = 'h1, h2, p, a, b, span, label, button, summary, th, td';
      for (const contrast of await ofEach<number>(page, texts, CONTRAST))
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      if (path === '/batches') await page.context().close();
    }
  });

  it('fit a phone, with nothing too small for a thumb', async () => {
    for (const path of ['/batches', `/batches/${over}`]) {
      await open(path, { viewport: { width: 360, height: 740 }, javaScriptEnabled: true });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      const heights = await ofEach<number>(
        page,
        'button, select, input:not([type=hidden])',
        '(one) => one.getBoundingClientRect().height',
      );
      for (const height of heights) expect(height === 0 || height >= 44).toBe(true);
      expect(await page.locator('script').count()).toBe(0);
      if (path === '/batches') await page.context().close();
    }
  });

  it('do nothing for a page of somebody else, nor for a key that may only read', async () => {
    await open('/batches');
    const post = (url: string, headers: Record<string, string>) =>
      fetch(`${url}/batches/${over}/steering`, {
        method: 'POST',
        body: new URLSearchParams({ do: 'retry' }),
        headers,
        redirect: 'manual',
      });
    const theirs = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await post(gateway.url, theirs)).status).toBe(403);
    const cookie = await cookieOf(locked, reader.key);
    expect((await post(locked.url, { cookie })).status).toBe(403);
    const seen = await (await fetch(`${locked.url}/batches/${over}`, { headers: { cookie } })).text();
    expect(seen).toContain('s-2');
    expect(seen).not.toContain('/steering');
    expect((await fetch(`${locked.url}/batches`, { redirect: 'manual' })).status).toBe(303);
  });

  it('say that there is no such batch, and what an address does not mean', async () => {
    await open('/batches/nobody');
    expect(await page.locator('main').innerText()).toContain('There is no batch with the id nobody');
    await page.goto(`${gateway.url}/batches/${over}?state=running`);
    expect(await page.locator('main').innerText()).toContain('state: ');
  });
});
