import type { Browser, Page } from 'playwright-core';
import { sharp } from '../../src/photos/decoder';
import { reportPage, type Report, type ReportPhoto } from '../../src/photos/report/report-page';
import { ofEach, openBrowser } from '../support/browser';
import { CONTRAST } from '../support/contrast';
import { plainJpeg } from './support/pictures';

const HOSTILE = `<img src=x onerror="document.title='owned'"> "quoted" 'single' &amp; \u202egpj.exe\u0000`;

async function report(): Promise<Report> {
  const original = await plainJpeg(240, 180);
  const normalized = await plainJpeg(640, 640);
  const good: ReportPhoto = {
    name: 'one.jpg',
    verdict: 'accepted',
    reasons: [],
    facts: 'JPEG 4032 × 3024',
    original,
    normalized,
    faces: [{ left: 64, top: 128, width: 320, height: 192 }],
  };
  const photos: ReportPhoto[] = [
    good,
    { ...good, name: 'two.jpg', verdict: 'warned', reasons: ['A sentence.', 'Another one.'], faces: [] },
    { ...good, name: 'three.jpg', verdict: 'rejected', reasons: ['Not good.'], normalized: null },
    {
      ...good,
      name: HOSTILE,
      verdict: 'rejected',
      reasons: [HOSTILE],
      facts: HOSTILE,
      original: null,
      normalized: null,
    },
    { ...good, name: `${'very-long-name-'.repeat(20)}.jpg`, verdict: 'accepted' },
  ];
  return { photos, remarks: ['Advice in one sentence.', HOSTILE] };
}

describe('the report page', () => {
  let browser: Browser;
  let page: Page;
  let requests: string[];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const open = async (options: Parameters<Browser['newPage']>[0] = {}) => {
    page = await browser.newPage(options);
    requests = [];
    page.on('request', (request) => requests.push(request.url().slice(0, 60)));
    page.on('console', (message) => requests.push(`console: ${message.text()}`));
    await page.setContent(reportPage(await report()), { waitUntil: 'load' });
  };
  afterEach(() => page.close());
  const visibleNames = () => page.locator('li h2').filter({ visible: true }).allInnerTexts();

  it('shows each photo beside what was made of it, with its verdict, reasons and totals', async () => {
    await open();
    expect(await page.title()).toBe('5 photos: 2 accepted, 1 warned, 2 rejected');
    expect(await page.locator('h1').innerText()).toBe('5 photos: 2 accepted, 1 warned, 2 rejected');
    expect(await page.locator('header p').first().innerText()).toBe('Advice in one sentence.');
    const second = page.locator('ol > li').nth(1);
    expect(await second.locator('h2').innerText()).toBe('2. two.jpg');
    expect(await second.locator('.verdict').innerText()).toBe('warned');
    expect(await second.locator('ul.reasons li').allInnerTexts()).toEqual(['A sentence.', 'Another one.']);
    expect(await second.locator('figure').count()).toBe(2);
    expect(await ofEach(page, 'img', '(image) => image.naturalWidth > 0')).toEqual(Array(7).fill(true));
    expect(await page.locator('ol > li').nth(2).innerText()).toContain('nothing made of it');
  });

  it('draws the face box on the picture, where the face is', async () => {
    await open();
    const picture = await page.locator('li').first().locator('figure').nth(1).locator('.frame').boundingBox();
    const box = await page.locator('rect.over').first().boundingBox();
    if (!picture || !box) throw new Error('nothing drawn');
    const share = (value: number) => value / picture.width;
    expect(share(box.x - picture.x)).toBeCloseTo(64 / 640, 1);
    expect(share(box.y - picture.y)).toBeCloseTo(128 / 640, 1);
    expect(share(box.width)).toBeCloseTo(320 / 640, 1);
    expect(share(box.height)).toBeCloseTo(192 / 640, 1);
  });

  it('keeps every picture whole inside its frame', async () => {
    await open();
    for (const frame of await page.locator('.frame:has(img)').all()) {
      const [outer, inner] = [await frame.boundingBox(), await frame.locator('img').boundingBox()];
      expect(inner?.width).toBeLessThanOrEqual(outer?.width ?? 0);
      expect(inner?.height).toBeLessThanOrEqual(outer?.height ?? 0);
    }
  });

  it('cuts no picture off, whatever its shape', async () => {
    await open();
    const fits = await ofEach(page, '.frame img', '(image) => getComputedStyle(image).objectFit');
    expect(new Set(fits)).toEqual(new Set(['contain']));
  });

  it('works by keyboard: Tab reaches the choice, arrows change it', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.id')).toBe('show-all');
    // A person who uses the keyboard sees where he is.
    const outlines = await ofEach(
      page,
      'label:has(:focus-visible)',
      '(label) => getComputedStyle(label).outlineStyle',
    );
    expect(outlines).toEqual(['solid']);
    await page.keyboard.press('ArrowRight');
    expect((await visibleNames()).map((name) => name.slice(0, 8))).toEqual(['1. one.j', '5. very-']);
    await page.keyboard.press('ArrowRight');
    expect(await visibleNames()).toEqual(['2. two.jpg']);
    await page.keyboard.press('ArrowRight');
    expect((await visibleNames()).map((name) => name.slice(0, 2))).toEqual(['3.', '4.']);
    await page.keyboard.press('Home');
    await page.locator('#show-all').focus();
    await page.keyboard.press('Space');
    expect(await visibleNames()).toHaveLength(5);
  });

  it('reads well to a screen reader: pictures and choices have names', async () => {
    await open();
    for (const image of await page.locator('img').all()) expect(await image.getAttribute('alt')).not.toBe('');
    expect(await page.getByRole('radio', { name: 'rejected 2' }).count()).toBe(1);
    expect(await page.getByRole('group', { name: 'Show' }).count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it.each(['light', 'dark'] as const)('every text has enough contrast, %s', async (colorScheme) => {
    await open({ colorScheme });
    const texts = 'h1, h2, p, .verdict, .soft, figcaption, li li, label, legend';
    const contrasts = await ofEach<number>(page, texts, CONTRAST);
    expect(contrasts.length).toBeGreaterThan(20);
    for (const contrast of contrasts) expect(contrast).toBeGreaterThanOrEqual(4.5);
    const [background] = await ofEach<string>(
      page,
      'body',
      '(body) => getComputedStyle(body).backgroundColor',
    );
    expect(background).toBe(colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(20, 22, 25)');
  });

  it.each([320, 390, 768, 1280])('nothing has to be scrolled sideways at %i pixels', async (width) => {
    await open({ viewport: { width, height: 800 } });
    const widest = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(widest).toBeLessThanOrEqual(width);
    const cards = await Promise.all((await page.locator('article').all()).map((card) => card.boundingBox()));
    const columns = new Set(cards.map((card) => Math.round(card?.x ?? 0))).size;
    expect(columns).toBe(width < 760 ? 1 : width < 1200 ? 2 : 3);
  });

  it('loads nothing, runs nothing, and forbids both to itself', async () => {
    await open();
    expect(requests.filter((url) => !url.startsWith('data:image/jpeg'))).toEqual([]);
    expect(await page.locator('script, link, iframe, object').count()).toBe(0);
    expect(await page.locator('meta[http-equiv]').getAttribute('content')).toContain("default-src 'none'");
  });

  it('shows values from outside as text, whatever they are', async () => {
    await open();
    expect(await page.title()).not.toBe('owned');
    const hostile = page.locator('ol > li').nth(3);
    expect(await hostile.locator('img').count()).toBe(0);
    const shown = `4. ${HOSTILE.replace('\u202e', '·').replace('\u0000', '·')}`;
    expect(await hostile.locator('h2').innerText()).toBe(shown);
    expect(await page.locator('header p').nth(1).innerText()).toBe(shown.slice(3));
  });

  it('its pictures carry no metadata', async () => {
    await open();
    const sources = await ofEach<string>(page, 'img', '(image) => image.src');
    expect(sources).toHaveLength(7);
    for (const source of sources) {
      const { exif, icc, xmp, iptc } = await sharp(
        Buffer.from(source.split(',')[1] ?? '', 'base64'),
      ).metadata();
      expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });
});
