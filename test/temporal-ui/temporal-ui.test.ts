import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { savedViews, viewLink } from '../../src/cli/saved-views';
import { SEARCH_ATTRIBUTES } from '../../src/contract/names';
import { accessTo } from '../../src/temporal-connection';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server';
import { openBrowser } from '../support/browser';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';
import { realCli } from '../temporal-server/real-cli';
import {
  chooseColumns,
  openTraining,
  openUpdate,
  submitUpdate,
  userMetadata,
  type TemporalUi,
} from './pages';

/** Temporal's own UI, in a browser. */
describe('an operator at the Temporal UI', () => {
  let server: TemporalServer;
  let rig: Rig;
  let browser: Browser;
  let page: Page;
  let ui: TemporalUi;
  beforeAll(async () => {
    server = await startTemporalServer({
      cli: await realCli(),
      port: 0,
      uiPort: 0,
      dbFile: null,
      logFile: path.join(testFolder(), 'temporal-with-ui.log'),
      searchAttributes: SEARCH_ATTRIBUTES,
    });
    rig = await createRig({
      access: accessTo(server.address),
      sandbox: { pace: { uploadMs: 1, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '1h', DARKROOM_POLL_MAX: '1h' },
    });
    ui = { url: server.uiUrl ?? '', namespace: rig.access.namespace };
    await rig.startWorker();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rig.close();
    await server.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
  });
  afterEach(() => page.close());

  let number = 0;
  const started = async (subject: string) => {
    const { id } = await rig.darkroom.train(await rig.request({ subject }), {
      id: `ui-${String((number += 1))}`,
    });
    rig.remember(id);
    return id;
  };

  it('sees of a running training how far it is, what it costs, and when it will end', async () => {
    const id = await started('s-ui');
    await rig.untilState(id, 'training');
    await rig.client.workflow.getHandle(id).signal('nudge');
    await until('it has looked', async () => ((await rig.darkroom.status(id)).lastAnswerAt ? true : null));
    await rig.client.workflow.getHandle(id).signal('progress', { percent: 40, word: 'processing' });
    await until('it has heard', async () => ((await rig.darkroom.status(id)).percent === 40 ? true : null));

    await openTraining(page, ui, id);
    const timeline = page.locator('svg', { hasText: 'deadline of 6 h' });
    for (const summary of [
      'preparePhotos • 12 photos',
      'uploadPhotos • 12 photos',
      'submitOnRecord • 48 credits',
      'checkTraining • look 1',
      'next look, or a nudge',
      'deadline of 6 h',
    ])
      await timeline.getByText(summary).first().waitFor();

    const { summary, currentDetails } = await userMetadata(page);
    expect(summary).toBe('s-ui · apiframe · 12 photos');
    const rows = Object.fromEntries(
      currentDetails
        .split('\n')
        .map((line) => line.split('\t').map((cell) => cell.replace(/\u00a0/g, ' ').trim())),
    ) as Record<string, string>;
    const { trainingId } = await rig.darkroom.status(id);
    expect(rows).toMatchObject({
      State: 'training',
      Subject: 's-ui',
      Provider: 'APIFRAME',
      Percent: '40 %',
      Credits: '50 spent, 0 reserved',
      Training: trainingId,
      Photos: '12 given, 12 good, 0 rejected',
    });
    const time = /^(about )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;
    for (const name of ['Expected end', 'Next look', 'Deadline', 'Last answer'])
      expect([name, rows[name]]).toEqual([name, expect.stringMatching(time)]);
  });

  it('finds it in a list of doctor --links, with columns of its own', async () => {
    const id = await started('s-listed');
    await rig.untilState(id, 'training');
    await rig.client.workflow.getHandle(id).signal('progress', { percent: 60, word: 'processing' });
    await chooseColumns(page, ui, [
      'Workflow ID',
      'DarkroomState',
      'DarkroomSubject',
      'DarkroomProgress',
      'DarkroomCredits',
    ]);
    const view = savedViews(Date.now()).find(({ name }) => name === 'running at apiframe');
    if (view === undefined) throw new Error('no such view');
    const cells = await until('the list shows its percentage', async () => {
      await page.goto(viewLink(ui.url, ui.namespace, view));
      const row = page.locator('tbody tr', { hasText: id });
      await row.waitFor();
      const texts = await row.locator('td').allInnerTexts();
      return texts.some((text) => text.trim() === '60') ? texts.map((text) => text.trim()) : null;
    });
    expect(cells.filter((text) => text !== '').slice(1)).toEqual([id, 'training', 's-listed', '60', '50']);
  });

  it('decides, in the form of the UI, and is told in words what is wrong with what was typed', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await started('s-decided');
    await rig.untilState(id, 'needs-decision');
    const taskId = (await rig.ledger()).submissions.at(-1)?.taskId ?? '';

    await openTraining(page, ui, id);
    const { currentDetails } = await userMetadata(page);
    expect(currentDetails).toContain('What to do');
    expect(currentDetails).toContain(`darkroom decide ${id} adopt TRAINING`);
    await openUpdate(page, 'decide');
    await submitUpdate(page, '{"decision": "retry"}');
    await page
      .getByText('The first submission may have been charged already, so to retry, say that')
      .first()
      .waitFor();
    await submitUpdate(page, `{"decision": "adopt", "trainingId": "${taskId}"}`);
    expect(await rig.untilState(id, 'training')).toMatchObject({ trainingId: taskId });
    expect((await rig.ledger()).submissions.filter((one) => one.taskId === taskId)).toHaveLength(1);
  });
});
