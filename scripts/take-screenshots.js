'use strict';
// The pictures of docs/operations.md: some trainings at the sandbox of a `darkroom dev`, as Temporal's own UI and our pages show them.
const { execFile, spawn } = require('node:child_process');
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { promisify } = require('node:util');
const { chromium } = require('playwright-core');
const sharp = require('sharp');
const { drawPortraits } = require('../dist/demo-portraits');
const { viewLink } = require('../dist/cli/saved-views');

const MAIN = path.join(__dirname, '../dist/cli/main.js');
const IMAGES = path.join(__dirname, '../docs/images');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const COLUMNS = [
  'Workflow ID',
  ...['State', 'Progress', 'Credits', 'Provider', 'Subject'].map((name) => `Darkroom${name}`),
];
const TRAIN_TIME = '150s';
/** So that pages load in a browser, and percentages have something to tell. */
const PERCENT_AT_MS = 60_000;
const DRAWN_MS = 2500;
const BATCH_ROWS = 8;
const LIMITS =
  'accounts: [{ provider: apiframe, slots: 6, creditsPerDay: 1000, eachCustomer: { slots: 3 } }]\n';
/** The third training starts, and neither its answer nor a delivery arrives. */
const FAULTS = {
  faults: [
    { endpoint: 'train', kind: 'reset-after', nth: 3 },
    { endpoint: 'webhook', kind: 'lost', times: 10_000 },
  ],
};

async function main() {
  const executablePath = BROWSERS.find(existsSync);
  if (executablePath === undefined) throw new Error('needs a browser: apt-get install chromium');
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-pictures-'));
  const home = path.join(folder, 'home');
  const { child: dev, gateway } = await startDev(folder, home);
  try {
    await train(folder, home);
    const { ui, namespace } = JSON.parse(readFileSync(path.join(home, 'dev.json'), 'utf8'));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      await takeAll(browser, ui, namespace);
      await takePages(browser, gateway);
    } finally {
      await browser.close();
    }
  } finally {
    dev.kill('SIGINT');
    await new Promise((resolve) => dev.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startDev(folder, home) {
  mkdirSync(home);
  writeFileSync(path.join(home, 'accounts.yaml'), LIMITS);
  const faults = path.join(folder, 'faults.json');
  writeFileSync(faults, JSON.stringify(FAULTS));
  const args = ['dev', '--port', '0', '--home', home, '--train-time', TRAIN_TIME, '--faults', faults];
  // Without proof a person is asked, and nobody wants to wait a quarter of an hour for that.
  const env = { ...process.env, DARKROOM_LOOK_UP_FIRST: '500ms', DARKROOM_LOOK_UP_WINDOW: '2s' };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`dev ended with ${code}`)));
  });
  return { child, gateway: /gateway (\S+)/.exec(String(ready))[1] };
}

async function train(folder, home) {
  const photos = path.join(folder, 'portraits');
  mkdirSync(photos);
  const drawn = (await drawPortraits()).map(({ name, bytes }) => {
    const file = path.join(photos, name);
    writeFileSync(file, bytes);
    return file;
  });
  const person = ['--gender', 'female', '--ethnicity', 'white'];
  const start = (subject, files, generation) =>
    promisify(execFile)(process.execPath, [
      ...[MAIN, 'train', subject, ...files, ...person, '--home', home, '--detach'],
      ...['--generation', String(generation), '--id', `${subject}-portraits`],
    ]);
  await start('s-1017', drawn, 1);
  await delay(PERCENT_AT_MS / 3);
  await start('s-1018', drawn, 2);
  await delay(PERCENT_AT_MS / 3);
  await start('s-1019', drawn, 3);
  await start('s-1020', drawn.slice(0, 6), 4);
  await startBatch(folder, home, drawn);
  await delay(PERCENT_AT_MS / 3);
}

/** A row for each four of the portraits, which is too few for one of them. */
async function startBatch(folder, home, drawn) {
  const manifest = path.join(folder, 'people.jsonl');
  const rows = drawn.slice(0, BATCH_ROWS).map((_, n) => ({
    subject: `s-20${n + 10}`,
    provider: 'apiframe',
    generation: n + 10,
    customer: n % 2 === 0 ? 'c-1' : 'c-2',
    photos: ['portraits'],
    ...(n === 1 && { photos: ['portraits-few'] }),
    options: { gender: 'female', ethnicity: 'white' },
  }));
  const few = path.join(folder, 'portraits-few');
  mkdirSync(few);
  for (const file of drawn.slice(0, 3)) copyFileSync(file, path.join(few, path.basename(file)));
  writeFileSync(manifest, rows.map((row) => JSON.stringify(row)).join('\n'));
  await promisify(execFile)(process.execPath, [
    ...[MAIN, 'batch', 'run', manifest, '--id', 'nightly', '--in-flight', '4', '--home', home, '--detach'],
  ]);
}

async function takeAll(browser, ui, namespace) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, timezoneId: 'UTC' });
  const columns = JSON.stringify({ [namespace]: COLUMNS.map((label) => ({ label })) });
  await context.addInitScript(
    `localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(columns)})`,
  );
  const page = await context.newPage();
  const open = async (url) => {
    await page.goto(url);
    await delay(DRAWN_MS);
  };
  const training = (subject) => `${ui}/namespaces/${namespace}/workflows/${subject}-portraits`;
  const metadata = async (subject) => {
    await open(training(subject));
    await page.getByRole('tab', { name: 'User Metadata' }).click();
    await delay(DRAWN_MS);
  };

  await page.setViewportSize({ width: 1360, height: 460 });
  await open(viewLink(ui, namespace, { query: '`WorkflowType`="trainPerson"' }));
  await page.getByRole('button', { name: 'Collapse saved views' }).click();
  await delay(DRAWN_MS);
  await take(page, 'temporal-list');

  await page.setViewportSize({ width: 1440, height: 900 });
  await metadata('s-1017');
  await take(page, 'temporal-training');

  await page.setViewportSize({ width: 1440, height: 1160 });
  await metadata('s-1019');
  await take(page, 'temporal-decision');

  await page.setViewportSize({ width: 1280, height: 640 });
  await open(training('s-1018'));
  await page
    .getByRole('heading', { name: 'Timeline' })
    .evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await delay(DRAWN_MS);
  await take(page, 'temporal-timeline');
}

async function takePages(browser, gateway) {
  const context = await browser.newContext({ viewport: { width: 1120, height: 560 }, timezoneId: 'UTC' });
  const page = await context.newPage();
  await page.goto(gateway);
  await delay(DRAWN_MS);
  await take(page, 'page-trainings');
  await page.setViewportSize({ width: 1120, height: 820 });
  await page.goto(`${gateway}/trainings/s-1019-portraits`);
  await delay(DRAWN_MS);
  await take(page, 'page-decision');
  await page.setViewportSize({ width: 1120, height: 760 });
  await page.goto(`${gateway}/batches/nightly`);
  await delay(DRAWN_MS);
  await take(page, 'page-batch');
  await page.goto(`${gateway}/accounts/apiframe/default`);
  await delay(DRAWN_MS);
  await take(page, 'page-account');
}

/** With few colors: a page of text takes a quarter of the bytes. */
async function take(page, name) {
  const png = await page.screenshot();
  await sharp(png)
    .png({ palette: true, colors: 128, effort: 10 })
    .toFile(path.join(IMAGES, `${name}.png`));
}

void main();
