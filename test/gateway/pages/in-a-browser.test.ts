import { once } from 'node:events';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import type { Gateway } from '../../../src/gateway/server';
import { ofEach, openBrowser } from '../../support/browser';
import { CONTRAST } from '../../support/contrast';
import { addFault } from '../../support/ledger';
import { createRig, type Rig } from '../../support/rig';
import { until } from '../../support/until';
import { startApi } from '../api/api-rig';

/** The pages of the gateway, in a browser. */
describe('a person at the pages', () => {
  let rig: Rig;
  let gateway: Gateway;
  let browser: Browser;
  let page: Page;
  /** What the browser complains of: a script that fails, something that the policy keeps out. */
  let complaints: string[];
  /** Bytes by what was loaded. */
  let loaded: Map<string, number>;
  let training: string;
  let undecided: string;

  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 1, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '1h', DARKROOM_POLL_MAX: '1h' },
    });
    await rig.startWorker();
    gateway = await startApi(rig);
    browser = await openBrowser();
    training = await started('s-training');
    await rig.untilState(training, 'training');
    undecided = await startedUndecided('s-undecided');
    await until('both are listed', async () =>
      (await rig.darkroom.glance([training, undecided])).every(({ state }) => state !== 'submitting')
        ? true
        : null,
    );
  });
  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await rig.close();
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const started = async (subject: string) => rig.train(await rig.request({ subject }));
  const startedUndecided = async (subject: string) => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await started(subject);
    await rig.untilState(id, 'needs-decision');
    return id;
  };
  const hears = (id: string, percent: number) =>
    rig.client.workflow.getHandle(id).signal('progress', { percent, word: 'processing' });
  const open = async (
    path: string,
    options: BrowserContextOptions = {},
    onLive: ((route: Route) => Promise<void>) | null = null,
  ) => {
    page = await (await browser.newContext(options)).newPage();
    complaints = [];
    loaded = new Map();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('response', (response) => {
      if (response.headers()['content-type'] === 'text/event-stream') return;
      const length = Number(response.headers()['content-length']);
      loaded.set(new URL(response.url()).pathname, length);
    });
    if (onLive !== null) await page.route('**/live', onLive);
    await page.goto(`${gateway.url}${path}`);
  };

  it('sees a list that changes by itself, and stays where they are in it', async () => {
    await open('/');
    await page.locator(`[id^="to-${training}-"]`).focus();
    // A percentage at the very instant of the start says nothing of the speed: the second one does.
    await hears(training, 10);
    const row = page.locator('tr', { has: page.locator(`[id^="to-${training}-"]`) });
    await row.getByText('10 %').waitFor();
    await hears(training, 40);
    await row.getByText('40 %').waitFor();
    expect(await row.locator('progress').getAttribute('value')).toBe('40');
    expect(await page.evaluate('document.activeElement.id')).toContain(`to-${training}-`);
    // An end that is expected, and the start.
    expect(await row.locator('time').count()).toBe(2);

    const later = await started('s-later');
    await page.locator(`[id^="to-${later}-"]`).waitFor();
    expect(await page.locator('#counts').innerText()).toMatch(/needs-decision\s+1/);
  });

  it('sees a training that goes on: percent, state, photos, and the end', async () => {
    const id = await started('s-followed');
    await open(`/trainings/${id}`);
    await page.locator('[role=status]').getByText('training', { exact: true }).waitFor();
    await page.locator('#photos').getByText('See each photo').waitFor();
    await hears(id, 70);
    await page.locator('#now').getByText('70 %').first().waitFor();
    await rig.darkroom.cancel(id);
    await page.locator('[role=status]').getByText('canceled').waitFor();
    await page.locator('#timeline').getByText('canceled').waitFor();
    expect(await page.locator('#cancel').count()).toBe(0);
  });

  it('does not lose what they type while news come in', async () => {
    const typing = new AbortController();
    await open(`/trainings/${undecided}`, {}, async (route) => {
      if (!typing.signal.aborted) await once(typing.signal, 'abort');
      await route.continue();
    });
    const field = page.getByLabel('Its id at the provider');
    await field.fill('half of an i');
    typing.abort();
    // One of ours, opened later, has heard all: so has the page's own.
    await page.evaluate(`new Promise((resolve) => {
      const source = new EventSource('/trainings/${undecided}/live');
      source.addEventListener('part', ({ data }) => JSON.parse(data).id === 'photos' && resolve(source.close()));
    })`);
    expect(await field.inputValue()).toBe('half of an i');
  });

  it('is told where the page is not up to date, and it is again when the gateway is back', async () => {
    let isAway = true;
    await open(`/trainings/${training}`, {}, (route) =>
      isAway ? route.fulfill({ status: 503, body: '{}' }) : route.continue(),
    );
    await page.getByText('This page is not up to date').waitFor();
    isAway = false;
    await hears(training, 85);
    await page.locator('#now').getByText('85 %').first().waitFor();
    expect(await page.getByText('This page is not up to date').isVisible()).toBe(false);
    complaints = complaints.filter((one) => !one.includes('503'));
  });

  it('decides by keyboard alone, without scripts', async () => {
    const id = await startedUndecided('s-keyboard');
    const trainingId = (await rig.ledger()).submissions.at(-1)?.taskId ?? '';
    await open(`/trainings/${id}`, { javaScriptEnabled: false });
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.locator('input[name=trainingId]:focus').count()) === 1) break;
    }
    await page.keyboard.type(trainingId);
    await page.keyboard.press('Enter');
    await page.getByText('The decision is on record.').waitFor();
    expect(await rig.untilState(id, 'training')).toMatchObject({ trainingId });
  });

  it('finds a subject by the form, without scripts', async () => {
    await open('/', { javaScriptEnabled: false });
    await page.getByLabel('Subject').fill('s-undecided');
    await page.getByLabel('State').selectOption('needs-decision');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: 's-undecided' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('s-undecided');
    expect(await page.locator('time').first().innerText()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });

  it('reads times as their own clocks have them', async () => {
    await open(`/trainings/${training}`, { timezoneId: 'America/New_York', locale: 'de-DE' });
    const time = page.locator('time').first();
    expect(await time.innerText()).toMatch(/^\d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d$/);
    expect(await time.getAttribute('title')).toMatch(/UTC$/);
  });

  it.each(['light', 'dark'] as const)('can read all of it, %s', async (colorScheme) => {
    for (const path of ['/', `/trainings/${undecided}`, `/trainings/${training}`, '/sign-in']) {
      await open(path, { colorScheme });
      const texts = 'h1, h2, p, a, b, span, label, button, summary, th, td, dt, dd, li, code, time';
      for (const contrast of await ofEach<number>(page, texts, CONTRAST))
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      if (path !== '/sign-in') await page.context().close();
    }
  });

  it('has it on a phone, with nothing to scroll sideways for and nothing too small for a thumb', async () => {
    for (const path of ['/', `/trainings/${undecided}`]) {
      await open(path, { viewport: { width: 360, height: 740 } });
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(360);
      const heights = await ofEach<number>(
        page,
        'button, select, input:not([type=hidden], [type=checkbox])',
        '(one) => one.getBoundingClientRect().height',
      );
      for (const height of heights) expect(height === 0 || height >= 44).toBe(true);
      if (path === '/') await page.context().close();
    }
  });

  it('reads well to a screen reader: fields, bars and regions have names', async () => {
    await open('/');
    for (const name of ['State', 'Provider', 'Subject'])
      expect(await page.getByLabel(name).count()).toBeGreaterThan(0);
    expect(await page.getByRole('progressbar', { name: 'Progress of s-training' }).count()).toBe(1);
    expect(await page.getByRole('navigation', { name: 'Under way' }).count()).toBe(1);
    expect(await page.getByRole('columnheader', { name: 'Expected end' }).count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
    expect(await ofEach(page, ':focus-visible', '(one) => getComputedStyle(one).outlineStyle')).toEqual([
      'solid',
    ]);
  });

  it('loads little: a page, a style sheet, a script', async () => {
    // The rows of others, which there are after other tests, would count too.
    await open('/?subject=s-training');
    expect([...loaded.keys()]).toEqual(['/', '/assets/page.css', '/assets/live.js']);
    const bytes = [...loaded.values()].reduce((sum, length) => sum + length, 0);
    expect(bytes).toBeLessThan(20_000);
  });
});
