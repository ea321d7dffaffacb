import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { keepManifest } from '../../src/batches/keep-manifest';
import { filesystemStorage } from '../../src/storage/filesystem';
import { trainingWorkflowId } from '../../src/training-id';
import { VERSION } from '../../src/version';
import { addFault } from '../support/ledger';
import { CALLBACK_SECRET, receiveCallbacks, type CallbackReceiver } from '../support/callback-receiver';
import { createRig, type Rig } from '../support/rig';
import { afreshAccess } from '../support/test-server';
import { until } from '../support/until';

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
  let receiver: CallbackReceiver;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    receiver = await receiveCallbacks();
    rig = await createRig({
      sandbox: { pace: { uploadMs: 50, trainMs: 5000, uploadTtlMs: 3_600_000 } },
      env: {
        DARKROOM_POLL_MAX: '50ms',
        DARKROOM_CALLBACK_SECRETS: CALLBACK_SECRET,
        DARKROOM_CALLBACK_ORIGINS: receiver.origin,
      },
    });
    await rig.startWorker();
  });
  afterAll(async () => {
    receiver.close();
    await rig.close();
  });

  const record = async (name: string, id: string, runId?: string, from = rig) => {
    const history = await from.client.workflow.getHandle(id, runId).fetchHistory();
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

  it.each(['adopt', 'retry', 'abandon'] as const)('decided: %s', async (decision) => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request(), `decided-${decision}`);
    await rig.untilState(id, 'needs-decision');
    const trainingId = (await rig.ledger()).submissions.at(-1)?.taskId ?? '';
    await rig.darkroom.decide(
      id,
      decision === 'adopt'
        ? { decision, trainingId }
        : decision === 'retry'
          ? { decision, acceptSecondCharge: true }
          : { decision },
    );
    if (decision !== 'abandon') await rig.untilState(id, 'training');
    else await rig.darkroom.result(id);
    await record(`decided-${decision}`, id);
  });

  it('at TryItOn, looked up and found', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'tryiton-train', kind: 'reset-after' });
    const options = { modelId: '101', body: 'man', styles: ['studio'] };
    const request = { ...(await rig.request()), provider: 'tryiton', options };
    const id = await rig.train(request, 'tryiton-found');
    await rig.untilState(id, 'training');
    await record('tryiton-found', id);
  });

  it('looked up by the balance, not started, and submitted again', async () => {
    const env = { DARKROOM_LOOK_UP_FIRST: '200ms', DARKROOM_LOOK_UP_WINDOW: '1s' };
    const exclusive = await createRig({
      env: { ...env, APIFRAME_ACCOUNT_EXCLUSIVE: 'yes' },
      access: afreshAccess(),
    });
    try {
      await exclusive.startWorker();
      await addFault(exclusive.sandbox.url, { endpoint: 'train', kind: 'reset-before' });
      await addFault(exclusive.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
      const id = await exclusive.train(await exclusive.request(), 'failed-twice-looked');
      await exclusive.darkroom.result(id);
      await record('failed-twice-looked', id, undefined, exclusive);

      await addFault(exclusive.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
      const late = await exclusive.train(await exclusive.request(), 'late-evidence');
      const { lookUps } = await exclusive.untilState(late, 'needs-decision');
      await exclusive.darkroom.evidence(late, { attempt: 1, token: 'a-guess', trainingId: 'a-guess' });
      await until('it was looked at again', async () =>
        (await exclusive.darkroom.status(late)).lookUps >= lookUps + 2 ? true : null,
      );
      await record('late-evidence', late, undefined, exclusive);
    } finally {
      await exclusive.close();
    }
  });

  it('adopted after its deadline', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', nth: 2, times: 1000 });
    const id = await rig.train(await rig.request({ deadlineMs: 2500 }), 'adopted');
    const { trainingId } = await rig.darkroom.result(id);
    await fetch(`${rig.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    await rig.darkroom.adopt(id, trainingId ?? '');
    await rig.darkroom.result(id);
    await record('adopted', id);
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

  it('told of its progress, then nudged to its end', async () => {
    const id = await rig.train(await rig.request(), 'watched');
    await rig.untilState(id, 'training');
    const handle = rig.client.workflow.getHandle(id);
    for (const percent of [30, 60]) await handle.signal('progress', { percent, word: 'processing' });
    await rig.darkroom.nudge(id);
    await rig.darkroom.result(id);
    await record('watched', id);
  });

  it('called back, and the call itself', async () => {
    receiver.answerWith(500);
    const url = `${receiver.origin}/`;
    const id = await rig.train({ ...(await rig.request()), callback: { url } }, 'called-back');
    await rig.darkroom.result(id);
    const [first] = await until('both calls have come', () =>
      receiver.posts.length === 2 ? receiver.posts : null,
    );
    await record('called-back', id);
    const child = `callback-${String(first?.headers['webhook-id'])}`;
    await rig.client.workflow.getHandle(child).result();
    await record('call-back', child);
  });

  it('a watcher that may not watch', async () => {
    const id = 'watcher-off';
    const args = [{ provider: 'apiframe', account: rig.config.apiframe.account }];
    const options = { workflowId: id, taskQueue: 'darkroom', args };
    rig.remember(id);
    await rig.client.workflow.execute('watchAccount', options);
    await record(id, id);
  });

  it('a batch on an account with limits: both over histories that start over, and a training that waited', async () => {
    const limited = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 500, uploadTtlMs: 3_600_000 } },
      access: afreshAccess(),
    });
    try {
      writeFileSync(path.join(limited.home, 'accounts.yaml'), 'accounts: [{ provider: apiframe, slots: 2 }]');
      await limited.startWorker();
      const requests = [];
      for (let n = 0; n < 10; n += 1) requests.push(await limited.request({ subject: `s-${String(n)}` }));
      const store = filesystemStorage(limited.config.storeDir);
      const { manifest, rows, pages } = await keepManifest(requests, store);
      await limited.darkroom.startBatch('batch', { manifest, rows, pages, inFlight: 6 });
      await limited.client.workflow.getHandle('batch').result();
      const last = await record('batch-last-run', 'batch', undefined, limited);
      const first = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
      await record('batch-first-run', 'batch', first ?? undefined, limited);
      const gate = await record('account-last-run', 'darkroom-account-apiframe-default', undefined, limited);
      const began = gate.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
      await record('account-first-run', 'darkroom-account-apiframe-default', began ?? undefined, limited);
      const waited = trainingWorkflowId(requests[9] ?? (await limited.request()));
      const end = await record('waited-for-a-slot-last-run', waited, undefined, limited);
      const asked = end.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
      await record('waited-for-a-slot-first-run', waited, asked ?? undefined, limited);
    } finally {
      await limited.close();
    }
  });
});
