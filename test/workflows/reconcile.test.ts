import { filesystemStorage } from '../../src/storage/filesystem';
import { submissionJournal } from '../../src/submissions/journal';
import { attemptToken, deliverySecret, openToken } from '../../src/webhooks/attempt-address';
import { receiveDeliveries, type DeliveryReceiver } from '../support/delivery-receiver';
import { addFault, clearFaults } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const SECRET = 's'.repeat(32);

const QUICK = {
  DARKROOM_LOOK_UP_FIRST: '300ms',
  DARKROOM_LOOK_UP_WINDOW: '2s',
  DARKROOM_SUBMIT_TIMEOUT: '5s',
};

/** What the sandbox's fetch calls a training of its own books. */
async function trainingAtProvider(rig: Rig): Promise<string> {
  return until(
    'a training at the provider',
    async () => (await rig.ledger()).submissions.at(-1)?.taskId ?? null,
  );
}

describe('an account that nothing else uses', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ env: { ...QUICK, APIFRAME_ACCOUNT_EXCLUSIVE: 'yes' } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('an unmoved balance proves that nothing started: the next attempt goes by itself', async () => {
    const before = (await rig.ledger()).submissions.length;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-before' });
    const id = await rig.train(await rig.request());
    const looking = await rig.untilState(id, 'reconciling');
    expect(looking.line).toMatch(/Finding out whether APIFRAME has started · lookup \d/);
    const seen = await until('the next lookup is announced', async () => {
      const status = await rig.darkroom.status(id);
      return status.lookUps >= 1 && status.nextPollAt !== null ? status : null;
    });
    expect(seen.line).toContain('the balance was');
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect((await rig.darkroom.status(id)).submissions).toBe(2);
    expect((await rig.ledger()).submissions.length - before).toBe(1);
  });

  it('a balance that fell by the price proves that it started: a person is asked for its id alone', async () => {
    const before = (await rig.ledger()).submissions.length;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request());
    const status = await rig.untilState(id, 'needs-decision');
    expect(status.line).toContain('it has started (the balance was');
    await rig.darkroom.decide(id, { decision: 'adopt', trainingId: await trainingAtProvider(rig) });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect((await rig.ledger()).submissions.length - before).toBe(1);
  });

  it('a balance that something else moved meanwhile proves nothing', async () => {
    const before = (await rig.ledger()).submissions.length;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'hang-after' });
    const hanging = await rig.train(await rig.request());
    await until('the submission is at the provider', async () =>
      (await rig.ledger()).submissions.length > before ? true : null,
    );
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-before' });
    const id = await rig.train(await rig.request());
    const status = await rig.untilState(id, 'needs-decision');
    expect(status.line).not.toContain('balance');
    await rig.darkroom.decide(id, { decision: 'abandon' });
    expect(await rig.darkroom.result(id)).toMatchObject({
      state: 'failed',
      charge: 'unknown',
      failure: { code: 'Abandoned' },
    });
    await rig.client.workflow.getHandle(hanging).terminate('its answer never comes');
  });
});

describe('evidence on the webhook address of an attempt', () => {
  let rig: Rig;
  let receiver: DeliveryReceiver;
  beforeAll(async () => {
    receiver = await receiveDeliveries();
    rig = await createRig({
      env: {
        ...QUICK,
        DARKROOM_LOOK_UP_WINDOW: '30s',
        DARKROOM_PUBLIC_URL: receiver.url,
        DARKROOM_WEBHOOK_SECRETS: SECRET,
      },
    });
    await rig.startWorker();
  });
  afterAll(async () => {
    receiver.close();
    await rig.close();
  });

  it('is verified, and the training that it names is adopted', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'reconciling');
    const { path, body, secret } = await until('a delivery', () => receiver.deliveries[0] ?? null);
    const [, , provider = '', token = ''] = path.split('/');
    expect(openToken(token, { provider, secrets: [SECRET] })?.at).toEqual({
      provider: 'apiframe',
      id,
      attempt: 1,
    });
    expect(secret).toBe(deliverySecret(token, SECRET));
    const trainingId = String(body['task_id']);

    // A guess changes nothing, nor does something that is no evidence at all.
    await rig.darkroom.evidence(id, { attempt: 1, token: 'x'.repeat(32), trainingId });
    await rig.client.workflow.getHandle(id).signal('evidence', 'nonsense');
    await rig.darkroom.evidence(id, { attempt: 1, token, trainingId: 'no-such-task' });
    // Nor does the training of somebody else, even on the right address.
    const other = await rig.darkroom.result(await rig.train(await rig.request()));
    await rig.darkroom.evidence(id, { attempt: 1, token, trainingId: other.trainingId ?? '' });
    await until('it has looked again', async () =>
      (await rig.darkroom.status(id)).lookUps >= 5 ? true : null,
    );
    expect((await rig.darkroom.status(id)).trainingId).toBeNull();

    await rig.darkroom.evidence(id, { attempt: 1, token, trainingId });
    expect(await rig.darkroom.result(id)).toMatchObject({
      state: 'succeeded',
      trainingId,
      charge: 'charged',
    });
    expect((await rig.ledger()).submissions).toHaveLength(2);
  });
});

describe('an outcome that is recorded late', () => {
  it('is not paid for again by a person who did not know, and not lost', async () => {
    const rig = await createRig({ env: QUICK });
    try {
      await rig.startWorker();
      await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
      const id = await rig.train(await rig.request());
      await rig.untilState(id, 'needs-decision');
      const trainingId = await trainingAtProvider(rig);
      // As an activity that was given up for dead writes it.
      const journal = submissionJournal(filesystemStorage(rig.config.storeDir));
      await journal.decide({ id, attempt: 1 }, { settled: 'found', trainingId, words: 'late', atMs: 1 });
      for (const decision of ['retry', 'abandon'] as const)
        await expect(rig.darkroom.decide(id, { decision, acceptSecondCharge: true })).rejects.toThrow(
          `accepted as ${trainingId}; type darkroom decide ${id} adopt ${trainingId}`,
        );
      await rig.darkroom.nudge(id);
      expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', trainingId });
      expect((await rig.ledger()).submissions).toHaveLength(1);
    } finally {
      await rig.close();
    }
  });
});

describe('a second attempt that a person chose', () => {
  it('does not make the first one certain: refused, the charge stays unknown', async () => {
    const rig = await createRig({ env: QUICK });
    try {
      await rig.startWorker();
      await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
      await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
      const id = await rig.train(await rig.request());
      await rig.untilState(id, 'needs-decision');
      await rig.darkroom.decide(id, { decision: 'retry', acceptSecondCharge: true });
      expect(await rig.darkroom.result(id)).toMatchObject({ state: 'failed', charge: 'unknown' });
    } finally {
      await rig.close();
    }
  });
});

describe('evidence that comes when the provider does not answer', () => {
  let rig: Rig;
  let receiver: DeliveryReceiver;
  beforeAll(async () => {
    receiver = await receiveDeliveries();
    const env = { DARKROOM_PUBLIC_URL: receiver.url, DARKROOM_WEBHOOK_SECRETS: SECRET };
    rig = await createRig({
      env: { ...QUICK, ...env, DARKROOM_LOOK_UP_WINDOW: '8s', APIFRAME_ACCOUNT_EXCLUSIVE: 'yes' },
    });
    await rig.startWorker();
  });
  afterEach(() => clearFaults(rig.sandbox.url));
  afterAll(async () => {
    receiver.close();
    await rig.close();
  });

  it('keeps an unmoved balance from proving that nothing started, until it was checked', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-before' });
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'reconciling');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', times: 1000 });
    const token = attemptToken({ provider: 'apiframe', id, attempt: 1 }, SECRET);
    await rig.darkroom.evidence(id, { attempt: 1, token, trainingId: 'a-task-that-nobody-knows' });
    const { line } = await rig.untilState(id, 'needs-decision');
    expect(line).toContain('could not be checked');
    expect((await rig.ledger()).submissions).toHaveLength(0);

    await clearFaults(rig.sandbox.url);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('is looked at again while a person is waited for: the provider may not have answered just then', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'needs-decision');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', times: 1000 });
    const token = attemptToken({ provider: 'apiframe', id, attempt: 1 }, SECRET);
    const { body } = await until(
      'a delivery',
      () => receiver.deliveries.find(({ path }) => path.endsWith(token)) ?? null,
    );
    const trainingId = String(body['task_id']);
    const { lookUps } = await rig.darkroom.status(id);
    await rig.darkroom.evidence(id, { attempt: 1, token, trainingId });
    await until('it was looked at in vain', async () =>
      (await rig.darkroom.status(id)).lookUps > lookUps ? true : null,
    );
    expect(await rig.darkroom.status(id)).toMatchObject({ state: 'needs-decision', trainingId: null });

    await clearFaults(rig.sandbox.url);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', trainingId });
  });
});
