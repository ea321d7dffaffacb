import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accountLedger, daysBetween } from '../../src/accounts/ledger';
import { unexplained } from '../../src/accounts/sum-ledger';
import { accountWorkflowId } from '../../src/contract/account';
import type { AccountStatus } from '../../src/contract/account-status';
import type { TrainResult } from '../../src/contract/result';
import { storageFrom } from '../../src/storage-from';
import { filesystemStorage } from '../../src/storage/filesystem';
import { anIntent } from '../support/an-intent';
import { door } from '../support/held-pages';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { requestFingerprint } from '../../src/training-id';
import { submissionJournal } from '../../src/submissions/journal';
import { until } from '../support/until';

const EXCLUSIVE = { APIFRAME_ACCOUNT_EXCLUSIVE: 'yes' };
const PRICE = 50; // 2 for the upload, 4 for each of 12 photos

describe('an account with limits', () => {
  let rig: Rig;
  let number = 0;

  /** An account of its own, with these limits. */
  async function onAccount(limits: string, sandbox: object = {}, env: Record<string, string> = {}) {
    const account = `gate-${String(process.pid)}-${String((number += 1))}`;
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 700, uploadTtlMs: 3_600_000 }, ...sandbox },
      env: { APIFRAME_ACCOUNT: account, ...env },
    });
    writeLimits(limits, account);
    rig.remember(accountWorkflowId('apiframe', account));
    await rig.startWorker();
    return account;
  }
  const writeLimits = (limits: string, account: string) => {
    writeFileSync(
      path.join(rig.home, 'accounts.yaml'),
      `accounts:\n  - provider: apiframe\n    account: ${account}\n${limits.replaceAll(/^/gm, '    ')}\n`,
    );
  };
  afterEach(() => rig.close());

  /** Their photos are written before the first one starts, which would see them change otherwise. */
  const trainings = async (count: number) => {
    const requests = [];
    for (let n = 0; n < count; n += 1) requests.push(await rig.request({ subject: `s-${String(n)}` }));
    return Promise.all(requests.map((request) => rig.train(request)));
  };
  const account = (name: string) =>
    rig.client.workflow.getHandle(accountWorkflowId('apiframe', name)).query<AccountStatus>('account');
  const lines = (name: string) =>
    accountLedger(filesystemStorage(rig.config.storeDir), { provider: 'apiframe', account: name }).read(
      daysBetween(Date.now() - 86_400_000, Date.now()),
    );
  const results = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await rig.client.workflow.getHandle(id).result()) as TrainResult));

  it('lets so many in at a time, sets credits aside and writes down what they come to', async () => {
    const name = await onAccount('slots: 2');
    const ids = await trainings(5);
    let most = 0;
    const over = results(ids);
    await until('one waits, and says why', async () => {
      for (const id of ids) {
        const status = await rig.darkroom.status(id).catch(() => null);
        if (status?.state === 'queued' && /place \d: all 2 slots/.test(status.line)) return status;
      }
      return null;
    });
    await until('all are over', async () => {
      const { slotsTaken, waiting, credits } = await account(name);
      most = Math.max(most, slotsTaken);
      return slotsTaken + waiting === 0 && credits.spent === 5 * PRICE ? true : null;
    });
    expect(most).toBe(2);
    expect((await over).map(({ credits }) => credits.spent)).toEqual(ids.map(() => PRICE));
    const ledger = await until('the ledger is written', async () => {
      const all = await lines(name);
      return all.filter(({ kind }) => kind === 'ended').length === 5 ? all : null;
    });
    const charged = ledger.filter(({ kind }) => kind === 'charged');
    expect(charged.reduce((sum, { credits }) => sum + credits, 0)).toBe((await rig.ledger()).credits.spent);
    expect(ledger.map(({ n }) => n)).toEqual(ledger.map((_, index) => index + 1));
  });

  it('refuses at once what it can never pay for, before anything is uploaded', async () => {
    await onAccount('creditsPerDay: 49');
    const id = await rig.train(await rig.request());
    const failure = await rig.darkroom.result(id);
    expect(failure).toMatchObject({ state: 'failed', charge: 'none', failure: { code: 'OverBudget' } });
    expect(failure.failure?.message).toContain('it needs 50 credits, and the account may spend 49 a day');
    expect((await rig.ledger()).credits.spent).toBe(0);
  });

  it('waits for money, and goes on when accounts.yaml has more; a file that is wrong changes nothing', async () => {
    const name = await onAccount('creditsPerDay: 60');
    const [first = '', second = ''] = await trainings(2);
    await Promise.race([results([first]), results([second])]);
    const waits = await until('the other one waits', async () => {
      const { next } = await account(name);
      return next[0] ?? null;
    });
    expect(waits.words).toContain('the 60 credits of the account for today are used');

    writeLimits('creditsPerDay: -5', name);
    await rig.darkroom.reloadAccount('apiframe', name);
    await until('the problem is known', async () => {
      const { problem, limits } = await account(name);
      return problem?.includes('creditsPerDay: must be at least 1') === true && limits?.creditsPerDay === 60;
    });
    writeLimits('creditsPerDay: 100', name);
    await rig.darkroom.reloadAccount('apiframe', name);
    expect((await results([first, second])).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('gives back the credits of a refusal, and keeps those of which nobody knows', async () => {
    const name = await onAccount('slots: 3');
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'expired' });
    const refused = await rig.train(await rig.request());
    expect(await rig.darkroom.result(refused)).toMatchObject({ state: 'failed', charge: 'none' });
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const unknown = await rig.train(await rig.request());
    await rig.untilState(unknown, 'needs-decision');
    await until('what is set aside is kept', async () => {
      const { reserved, spent } = (await account(name)).credits;
      return reserved === 48 && spent === 4 ? true : null;
    });
    await rig.darkroom.decide(unknown, { decision: 'abandon' });
    await rig.darkroom.result(unknown);
    await until('it has its say', async () => (await account(name)).credits.unknown === 48);
    const told = await until('the ledger is written', async () => {
      const all = await lines(name);
      return all.filter(({ kind }) => kind === 'ended').length === 2 ? all : null;
    });
    const of = (id: string) =>
      told.filter(({ training }) => training === id).map(({ kind, credits }) => `${kind} ${String(credits)}`);
    const { events = [] } = await rig.client.workflow
      .getHandle(accountWorkflowId('apiframe', name))
      .fetchHistory();
    const words = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      const data = signal?.input?.payloads?.[0]?.data;
      return data === null || data === undefined ? [] : [Buffer.from(data).toString()];
    });
    expect(words.some((word) => word.includes('"word":"sent"') && word.includes(unknown))).toBe(true);
    expect(of(refused)).toEqual(['reserved 50', 'charged 2', 'refunded 48', 'ended 0']);
    expect(of(unknown)).toEqual(['reserved 50', 'charged 2', 'unknown 48', 'ended 0']);
  });

  it('gives the slot of a terminated training to the next, and charges what its records say', async () => {
    const name = await onAccount('slots: 1', {
      pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 },
    });
    const first = await rig.train(await rig.request());
    await rig.untilState(first, 'training');
    const second = await rig.train(await rig.request());
    await rig.untilState(second, 'queued');
    await rig.client.workflow.getHandle(first).terminate('by an operator');
    await rig.darkroom.reloadAccount('apiframe', name);
    await rig.untilState(second, 'training');
    expect((await account(name)).credits.spent).toBe(2 * PRICE);
  });

  it('knows what it has spent, and who has its slots, after somebody has terminated it', async () => {
    const name = await onAccount('slots: 2\ncreditsPerDay: 120', {
      pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 },
    });
    const first = await rig.train(await rig.request());
    await rig.untilState(first, 'training');
    await until('the ledger is written', async () => {
      const charged = (await lines(name)).filter(({ kind }) => kind === 'charged');
      return charged.reduce((sum, { credits }) => sum + credits, 0) === PRICE;
    });
    await rig.client.workflow.getHandle(accountWorkflowId('apiframe', name)).terminate('by an operator');
    expect(await rig.darkroom.account('apiframe', name)).toBeNull();
    const second = await rig.train(await rig.request());
    await rig.untilState(second, 'training');
    const third = await rig.train(await rig.request());
    await rig.untilState(third, 'queued');
    expect(await account(name)).toMatchObject({ slotsTaken: 2, credits: { spent: 2 * PRICE } });
    await rig.darkroom.cancel(first); // tells all that it has paid once more
    await rig.darkroom.result(first);
    await until('it has left', async () => (await account(name)).slotsTaken === 1);
    expect((await account(name)).credits).toMatchObject({ spent: 2 * PRICE, reserved: 0 });
    await rig.darkroom.cancel(third);
    expect(await rig.darkroom.result(third)).toMatchObject({ state: 'canceled', charge: 'none' });
  });

  it('where the provider has too many in flight, waits for one to end and not for a while', async () => {
    const name = await onAccount('slots: 3', { maxInFlight: 1 });
    const ids = await trainings(3);
    expect((await results(ids)).map(({ credits }) => credits.spent)).toEqual([PRICE, PRICE, PRICE]);
    expect((await rig.ledger()).submissions).toHaveLength(3);
    await until('all have left', async () => (await account(name)).slotsTaken === 0);
  });

  it('makes one paid call at a time on an exclusive account', async () => {
    await onAccount('slots: 4', { pace: { uploadMs: 20, trainMs: 300, uploadTtlMs: 3_600_000 } }, EXCLUSIVE);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'slow', delayMs: 400, times: 3 });
    const ids = await trainings(3);
    await results(ids);
    const at = (await rig.ledger()).submissions.map(({ atMs }) => atMs);
    for (const [index, atMs] of at.entries())
      if (index > 0) expect(atMs - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(400);
  });

  it('where turns are rare, the urgent go first, and whoever waits says why', async () => {
    await onAccount(
      'creditsPerDay: 1000',
      { pace: { uploadMs: 20, trainMs: 300, uploadTtlMs: 3_600_000 } },
      EXCLUSIVE,
    );
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'slow', delayMs: 2500 });
    const [one, two, urgent] = [await rig.request(), await rig.request(), await rig.request({ priority: 1 })];
    const first = await rig.train(one);
    await until('the call is under way', async () => (await rig.ledger()).submissions.length === 1);
    const second = await rig.train(two);
    expect((await rig.untilState(second, 'queued')).line).toContain(
      'place 1: another training is being submitted, and the account takes one at a time',
    );
    const third = await rig.train(urgent);
    await rig.untilState(third, 'queued');
    const all = await results([first, second, third]);
    const order = (await rig.ledger()).submissions.map(({ taskId }) => taskId);
    expect(order).toEqual([all[0], all[2], all[1]].map((result) => result?.trainingId));
  });

  it('lets nobody past its gate where accounts.yaml is gone, nor where a worker has never seen it', async () => {
    const name = `gate-${String(process.pid)}-${String((number += 1))}`;
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { APIFRAME_ACCOUNT: name },
    });
    writeLimits('slots: 1', name);
    rig.remember(accountWorkflowId('apiframe', name));
    const stop = await rig.startWorker();
    await rig.untilState(await rig.train(await rig.request()), 'training');
    rmSync(path.join(rig.home, 'accounts.yaml'));
    const without = await rig.train(await rig.request());
    await rig.untilState(without, 'queued');
    await stop();
    await rig.startWorker();
    const unseen = await rig.train(await rig.request());
    expect((await rig.untilState(unseen, 'queued')).line).toContain('all 1 slots of the account are taken');
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('gives its slot back when its training has ended, not when its images are copied', async () => {
    const name = `images-${String(process.pid)}`;
    const { open, opened } = door();
    rig = await createRig({
      env: { TRYITON_ACCOUNT: name },
      ports(config) {
        const storage = storageFrom(config);
        const put = async (key: string, bytes: Buffer) => {
          if (key.startsWith('results/')) await opened;
          await storage.put(key, bytes);
        };
        return { storage: { ...storage, put } };
      },
    });
    writeFileSync(
      path.join(rig.home, 'accounts.yaml'),
      `accounts: [{ provider: tryiton, account: ${name}, slots: 1 }]`,
    );
    rig.remember(accountWorkflowId('tryiton', name));
    await rig.startWorker();
    const train = async (modelId: string) =>
      rig.train({
        ...(await rig.request()),
        provider: 'tryiton',
        options: { modelId, body: 'woman', styles: ['studio'], customizations: [] },
      });
    const first = await train('101');
    await rig.untilState(first, 'training');
    const second = await train('102');
    await rig.untilState(second, 'training');
    expect((await rig.darkroom.status(first)).state).toBe('training');
    open();
    expect((await results([first, second])).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('blames nobody else for what was paid between a look at the balance and its own booking', async () => {
    const name = await onAccount('slots: 2');
    const kinds = async (kind: string) => (await lines(name)).filter((line) => line.kind === kind);
    await results(await trainings(1));
    await rig.darkroom.reloadAccount('apiframe', name);
    await until('the balance is written', async () => (await kinds('balance')).length > 0);
    const paidBefore = (await rig.ledger()).credits.spent;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'slow', delayMs: 2000 });
    const [id = ''] = await trainings(1);
    await until('its upload is paid', async () => (await rig.ledger()).credits.spent > paidBefore);
    const before = (await kinds('balance')).length;
    await rig.darkroom.reloadAccount('apiframe', name);
    await until('the balance is written again', async () => (await kinds('balance')).length > before);
    await results([id]);
    await rig.darkroom.reloadAccount('apiframe', name);
    await until('it is written down', async () => (await kinds('ended')).length === 2);
    await until('nothing moved that nobody has written down', async () => {
      const difference = unexplained(await lines(name));
      return difference?.credits === 0;
    });
  });

  it('gets the turn of one back that was terminated during its call, and is started again', async () => {
    await onAccount(
      'slots: 4',
      { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      EXCLUSIVE,
    );
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'slow', delayMs: 1500 });
    const request = await rig.request();
    const first = await rig.train(request);
    await until('the call is under way', async () => (await rig.ledger()).submissions.length === 1);
    await rig.client.workflow.getHandle(first).terminate('by hand');
    const journal = submissionJournal(filesystemStorage(rig.config.storeDir));
    await until('its outcome is on record', async () => {
      const { standing } = await journal.standing({ id: first, attempt: 1 });
      return standing === 'accepted';
    });
    await rig.train(request, first);
    await rig.untilState(first, 'training');
    const second = await rig.train(await rig.request());
    await rig.untilState(second, 'training');
    expect((await rig.darkroom.status(first)).state).toBe('training');
    expect((await rig.ledger()).submissions).toHaveLength(2);
  });

  it('lets one out of the queue that was terminated there, was sent by a run before, and is started again', async () => {
    const name = await onAccount('slots: 1', {
      pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 },
    });
    const first = await rig.train(await rig.request());
    await rig.untilState(first, 'training');
    const request = await rig.request();
    const id = await rig.train(request);
    await rig.untilState(id, 'queued');
    await rig.client.workflow.getHandle(id).terminate('by hand');
    // As that run would have left it.
    const { trainingId } = await rig.darkroom.status(first);
    const journal = submissionJournal(filesystemStorage(rig.config.storeDir));
    const ref = { id, attempt: 1 };
    const atMs = Date.now();
    await journal.begin(anIntent({ ...ref, account: name, requestHash: requestFingerprint(request), atMs }));
    await journal.recordOutcome(ref, { outcome: 'accepted', trainingId: trainingId ?? '', atMs });
    await rig.train(request, id);
    await rig.untilState(id, 'training');
    await until('it waits no more', async () => {
      const { waiting, slotsTaken } = await account(name);
      return waiting === 0 && slotsTaken === 2;
    });
    expect((await account(name)).credits.spent).toBe(2 * PRICE - 2);
  });

  it('forgets nothing over histories that start over', async () => {
    const name = await onAccount('slots: 5', {
      pace: { uploadMs: 10, trainMs: 200, uploadTtlMs: 3_600_000 },
    });
    const ids = await trainings(30);
    const spent = (await results(ids)).reduce((sum, { credits }) => sum + credits.spent, 0);
    expect(spent).toBe((await rig.ledger()).credits.spent);
    await until('all have left', async () => (await account(name)).slotsTaken === 0);
    const handle = rig.client.workflow.getHandle(accountWorkflowId('apiframe', name));
    const { events } = await handle.fetchHistory();
    expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
    expect((await account(name)).credits.spent).toBe(spent);
  });

  it('is stopped neither by a cancel nor by signals that are none', async () => {
    const name = await onAccount('slots: 1');
    const first = await rig.train(await rig.request());
    await rig.darkroom.result(first);
    const handle = rig.client.workflow.getHandle(accountWorkflowId('apiframe', name));
    await handle.cancel();
    for (const nonsense of [null, 'ask', { word: 'ask' }, { word: 'ended', id: 'x', ask: null }])
      await handle.signal('account', nonsense);
    const second = await rig.train(await rig.request());
    for (const nonsense of [null, { answer: 'in' }, { answer: 'perhaps' }])
      await rig.client.workflow.getHandle(second).signal('place', nonsense);
    expect(await rig.darkroom.result(second)).toMatchObject({ state: 'succeeded' });
  });

  it('a training that waits for a slot does not use up its time, unless its request says how much it has', async () => {
    await onAccount('slots: 1', { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } });
    const first = await rig.train(await rig.request());
    await rig.untilState(first, 'training');
    const second = await rig.train(await rig.request());
    const hasty = await rig.train({ ...(await rig.request()), deadlineMs: 2000 });
    await rig.untilState(second, 'queued');
    expect(await rig.darkroom.result(hasty)).toMatchObject({ state: 'timed-out', charge: 'none' });
    const before = (await rig.darkroom.status(second)).deadlineAt ?? '';
    await rig.darkroom.cancel(first);
    const after = (await rig.untilState(second, 'training')).deadlineAt ?? '';
    expect(Date.parse(after) - Date.parse(before)).toBeGreaterThan(1000);
  });
});
