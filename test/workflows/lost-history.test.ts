import { rmSync } from 'node:fs';
import path from 'node:path';
import { accountWorkflowId } from '../../src/contract/account';
import { writeLimits } from '../support/account-limits';
import { writePhotos } from '../support/photos';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { afreshAccess } from '../support/test-server';
import { until } from '../support/until';
import { wholeHistory } from '../support/whole-history';

describe('a training whose history is gone', () => {
  let before: Rig;
  /** The same store and provider, and a Temporal that knows nothing. */
  let after: Rig;
  beforeAll(async () => {
    before = await createRig();
    await before.startWorker();
    after = await createRig({ like: before, access: afreshAccess() });
    await after.startWorker();
  });
  afterAll(async () => {
    await after.close();
    await before.close();
  });

  it('started again with the same id, finds its training and pays nothing, not even an upload', async () => {
    const request = await before.request();
    const id = await before.train(request);
    const first = await before.darkroom.result(id);
    const { uploads, submissions } = await before.ledger();
    await after.train(request, id);
    expect(await after.darkroom.result(id)).toMatchObject({
      state: 'succeeded',
      charge: 'charged',
      trainingId: first.trainingId,
      triggerWord: first.triggerWord,
      credits: { reserved: 0, spent: 48 },
    });
    const ledger = await before.ledger();
    expect(ledger.uploads).toHaveLength(uploads.length);
    expect(ledger.submissions).toHaveLength(submissions.length);
  });

  it('does not need its photos any more', async () => {
    const photos = await writePhotos(before.config.photosDir, 'gone', 12);
    const request = await before.request({ photos });
    const id = await before.train(request);
    const { trainingId } = await before.darkroom.result(id);
    rmSync(path.join(before.config.photosDir, 'gone'), { recursive: true });
    await after.train(request, id);
    expect(await after.darkroom.result(id)).toMatchObject({
      state: 'succeeded',
      trainingId,
      credits: { spent: 48 },
    });
  });

  it('with an unknown outcome, asks again and sends nothing; given up, it stays so', async () => {
    await addFault(before.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const request = await before.request();
    const id = await before.train(request);
    await before.untilState(id, 'needs-decision');
    const { submissions } = await before.ledger();
    await after.train(request, id);
    expect(await after.untilState(id, 'needs-decision')).toMatchObject({ charge: 'unknown', submissions: 0 });
    await after.darkroom.decide(id, { decision: 'abandon' });
    const abandoned = { state: 'failed', charge: 'unknown', failure: { code: 'Abandoned' } };
    expect(await after.darkroom.result(id)).toMatchObject(abandoned);
    // The one that still waits looks again, and finds what the person has said.
    await before.darkroom.nudge(id);
    expect(await before.darkroom.result(id)).toMatchObject(abandoned);
    expect((await before.ledger()).submissions).toHaveLength(submissions.length);
  });

  it('with an unknown outcome that a person has repeated, takes no second decision before it is sent again', async () => {
    await addFault(before.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const request = await before.request();
    const id = await before.train(request);
    await before.untilState(id, 'needs-decision');
    await after.train(request, id);
    await after.untilState(id, 'needs-decision');
    await after.darkroom.decide(id, { decision: 'retry', acceptSecondCharge: true });
    expect(await after.darkroom.result(id)).toMatchObject({
      state: 'succeeded',
      credits: { spent: 50, reserved: 48 },
    });
    const events = await wholeHistory(after.client, id);
    const states = events.flatMap(({ upsertWorkflowSearchAttributesEventAttributes: upsert }) => {
      const data = upsert?.searchAttributes?.indexedFields?.['DarkroomState']?.data;
      return data ? [JSON.parse(Buffer.from(data).toString()) as string] : [];
    });
    expect(states).toEqual(expect.arrayContaining(['needs-decision', 'queued', 'normalizing', 'uploading']));
    await before.darkroom.decide(id, { decision: 'abandon' }).catch(() => undefined);
  });

  it('is not in the way of a new start where it was refused', async () => {
    await addFault(before.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    const request = await before.request();
    const id = await before.train(request);
    expect(await before.darkroom.result(id)).toMatchObject({ state: 'failed', charge: 'none' });
    await after.train(request, id);
    expect(await after.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('keeps its id: another request under it is refused, and nothing is sent', async () => {
    const id = await before.train(await before.request());
    await before.darkroom.result(id);
    const ledger = await before.ledger();
    await after.train(await before.request({ subject: 's-other' }), id);
    const result = await after.darkroom.result(id);
    expect(result).toMatchObject({
      state: 'failed',
      charge: 'none',
      trainingId: null,
      failure: { code: 'IdTaken' },
    });
    expect(result.failure?.message).toContain(`The id ${id} was used for a training of another request`);
    expect(await before.ledger()).toEqual(ledger);
  });
});

describe('a training that an operator resets', () => {
  it('goes on with the training that was paid', async () => {
    // Few polls, so that it ends in the run that it began in.
    const rig = await createRig({ env: { DARKROOM_POLL_FIRST: '400ms' } });
    await rig.startWorker();
    try {
      const id = await rig.train(await rig.request());
      const first = await rig.darkroom.result(id);
      const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
      const beforeSubmit = events
        ?.map(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled)
        .find(
          (scheduled) => scheduled?.activityType?.name === 'submitOnRecord',
        )?.workflowTaskCompletedEventId;
      if (!beforeSubmit) throw new Error('no submission in the history');
      await rig.client.workflowService.resetWorkflowExecution({
        namespace: rig.access.namespace,
        workflowExecution: {
          workflowId: id,
          runId: (await rig.client.workflow.getHandle(id).describe()).runId,
        },
        reason: 'a test',
        requestId: id,
        workflowTaskFinishEventId: beforeSubmit,
      });
      const again = await rig.darkroom.result(id);
      expect(again).toMatchObject({ state: 'succeeded', trainingId: first.trainingId });
      expect((await rig.ledger()).submissions).toHaveLength(1);
    } finally {
      await rig.close();
    }
  });
});

describe('a training on an account with limits, whose history is gone', () => {
  it('and which is paid, waits for no slot and no credits of its account', async () => {
    const account = `paid-before-${String(process.pid)}`;
    const env = { APIFRAME_ACCOUNT: account };
    const paying = await createRig({ env });
    const later = await createRig({ like: paying, env, access: afreshAccess() });
    try {
      writeLimits(paying, account, 'creditsPerDay: 1000');
      const stop = await paying.startWorker();
      const request = await paying.request();
      const id = await paying.train(request);
      paying.remember(accountWorkflowId('apiframe', account));
      const { trainingId } = await paying.darkroom.result(id);
      await until('its ledger is written', async () => {
        const gate = await paying.darkroom.account('apiframe', account);
        return gate?.slotsTaken === 0 && gate.unwritten === 0;
      });
      await stop();
      // Longer ago than anybody looks back.
      rmSync(path.join(paying.config.storeDir, 'ledger'), { recursive: true, force: true });
      writeLimits(paying, account, 'creditsPerDay: 10');
      await later.startWorker();
      await later.train(request, id);
      expect(await later.darkroom.result(id)).toMatchObject({ state: 'succeeded', trainingId });
      // Its ledger is gone, so it is booked, whatever the limits say by now; not the upload, which nobody has on record.
      later.remember(accountWorkflowId('apiframe', account));
      await until('it has left', async () => {
        const gate = await later.darkroom.account('apiframe', account);
        return gate?.slotsTaken === 0 && gate.credits.spent === 48 ? true : null;
      });
      const other = { ...request, subject: 's-other' };
      await later.train(other, id);
      expect((await later.darkroom.result(id)).failure).toMatchObject({ code: 'IdTaken' });
    } finally {
      await later.close();
      await paying.close();
    }
  });
});
