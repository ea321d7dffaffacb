import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { VERSION } from '../../src/version';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';

/**
 * Writes the histories of this release: `npm run record-histories`. They are what running trainings look like out
 * there, and every later release must replay them.
 */
const FOLDER = path.join(__dirname, 'histories', VERSION);

/** Stacks name folders and identities name hosts; neither has to do with the workflow. */
function withoutThisMachine(json: string): string {
  return json.replaceAll(path.join(__dirname, '../..'), '.').replaceAll(hostname(), 'host');
}

describe('histories of this release', () => {
  let rig: Rig;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    rig = await createRig({
      sandbox: { pace: { uploadMs: 50, trainMs: 5000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_MAX: '50ms' },
    });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const record = async (name: string, id: string, runId?: string) => {
    const history = await rig.client.workflow.getHandle(id, runId).fetchHistory();
    writeFileSync(path.join(FOLDER, `${name}.json`), `${withoutThisMachine(historyToJSON(history))}\n`);
    return history;
  };

  it('succeeded, over a continue-as-new', async () => {
    const id = await rig.train(await rig.request(), 'succeeded');
    await rig.darkroom.result(id);
    const last = await record('succeeded-last-run', id);
    const first = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
    await record('succeeded-first-run', id, first ?? undefined);
  });

  it('open, while training', async () => {
    const id = await rig.train(await rig.request(), 'training');
    await rig.untilState(id, 'training');
    await record('training', id);
  });

  it('needs a decision, then canceled', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request(), 'needs-decision');
    await rig.untilState(id, 'needs-decision');
    await record('needs-decision', id);
    await rig.darkroom.cancel(id);
    await rig.darkroom.result(id);
    await record('canceled', id);
  });

  it('refused, invalid, past its deadline', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    for (const [name, request] of [
      ['refused', await rig.request()],
      ['invalid', { subject: 's-1' }],
      ['timed-out', await rig.request({ deadlineMs: 2000 })],
    ] as const) {
      const id = await rig.train(request, name);
      await rig.client.workflow
        .getHandle(id)
        .result()
        .catch(() => undefined);
      await record(name, id);
    }
  });

  it('busy at first, then accepted', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'busy' });
    const id = await rig.train(await rig.request(), 'queued');
    await rig.untilState(id, 'training');
    await record('queued', id);
  });
});
