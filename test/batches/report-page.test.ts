import type { Browser, Page } from 'playwright-core';
import { htmlReport } from '../../src/batches/report/html-report';
import { ofEach, openBrowser } from '../support/browser';
import { CONTRAST } from '../support/contrast';
import { sampleReport } from './sample-report';

describe('the page of a batch report', () => {
  let browser: Browser;
  let page: Page;
  let seen: string[];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(() => page.close());

  const open = async (options: Parameters<Browser['newPage']>[0] = {}) => {
    page = await browser.newPage(options);
    seen = [];
    page.on('request', (request) => seen.push(request.url().slice(0, 60)));
    page.on('console', (message) => seen.push(`console: ${message.text()}`));
    await page.setContent(htmlReport(sampleReport()), { waitUntil: 'load' });
  };
  const figure = (name: string) =>
    page
      .locator('dl div')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('dd')
      .innerText();

  it('says what became of the rows and what they cost, and which need somebody', async () => {
    await open();
    expect(await page.title()).toBe('Batch batch-1f2e3d4c5b6a');
    expect(await figure('done')).toBe('2');
    expect(await figure('unknown, needs a decision')).toBe('1');
    expect(await figure('not right')).toBe('1');
    expect(await figure('credits reserved')).toBe('48');
    expect(await figure('credits saved by the photo gate')).toBe('8');
    expect(await page.locator('h2').allInnerTexts()).toEqual([
      'Customers',
      'Not done',
      'Not right in the manifest, so none of the batch',
      'Slowest',
      'All rows',
    ]);
    expect(await page.locator('table').nth(1).locator('tbody tr').count()).toBe(2);
    expect(await page.locator('table').nth(2).innerText()).toContain('no folder <b>people/nope</b> beside');
    expect(await page.locator('table').nth(3).locator('tbody th').first().innerText()).toBe('3');
    await page.locator('summary').press('Enter');
    expect(await page.getByRole('table').nth(4).getByRole('row').count()).toBe(6);
  });

  it('loads nothing, runs nothing and shows what anybody wrote as text', async () => {
    await open();
    await page.locator('summary').click();
    expect(seen).toEqual([]);
    expect(await page.locator('img, script, iframe').count()).toBe(0);
    expect(await page.getByText(`document.title='owned'`).count()).toBeGreaterThan(0);
    expect(await ofEach<string>(page, 'a', '(link) => link.protocol')).toEqual(
      expect.not.arrayContaining(['javascript:']),
    );
    expect(await page.content()).not.toContain('\u202e');
  });

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('is read at %d pixels in %s', async (width, colorScheme) => {
    await open({ viewport: { width, height: 800 }, colorScheme });
    await page.locator('summary').click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const low = await ofEach<number>(page, 'h1, p, dt, dd, td, tbody th, a, summary, td span', CONTRAST);
    expect(Math.min(...low)).toBeGreaterThanOrEqual(4.5);
  });
});
