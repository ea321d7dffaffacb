import { addFault } from '../support/ledger';
import { createRig, type Rig, type RigOptions } from '../support/rig';
import { until } from '../support/until';
import { atMs, wholeHistory } from '../support/whole-history';

const pace = (trainMs: number) => ({ uploadMs: 50, trainMs, uploadTtlMs: 3_600_000 });

describe('waiting for a training', () => {
  let rig: Rig;
  const start = async (options: RigOptions) => {
    rig = await createRig(options);
    await rig.startWorker();
    return rig.train(await rig.request());
  };
  afterEach(() => rig.close());

  it('crosses a continue-as-new with everything that counts', async () => {
    const id = await start({ sandbox: { pace: pace(8000) }, env: { DARKROOM_POLL_MAX: '50ms' } });
    const result = await rig.darkroom.result(id);
    const status = await rig.darkroom.status(id);

    const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).toBeTruthy();
    const { typedSearchAttributes } = await rig.client.workflow.getHandle(id).describe();
    const known = Object.fromEntries(
      typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const),
    );
    expect(known).toMatchObject({
      DarkroomState: 'succeeded',
      DarkroomProvider: 'apiframe',
      DarkroomSubject: 's-1',
    });
    expect(status.polls).toBeGreaterThan(5);
    expect(result).toMatchObject({
      state: 'succeeded',
      charge: 'charged',
      credits: { reserved: 0, spent: 50 },
    });
    expect(result.photos).toHaveLength(12);
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('keeps the deadline over a continue-as-new', async () => {
    rig = await createRig({ sandbox: { pace: pace(600_000) }, env: { DARKROOM_POLL_MAX: '50ms' } });
    await rig.startWorker();
    const startedMs = Date.now();
    const result = await rig.darkroom.result(await rig.train(await rig.request({ deadlineMs: 6000 })));
    expect(result.state).toBe('timed-out');
    expect(Date.now() - startedMs).toBeLessThan(9000);
  });

  it('outlasts a provider that is down for a while, and says so meanwhile', async () => {
    const id = await start({ sandbox: { pace: pace(1500) } });
    await rig.untilState(id, 'training');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', times: 3 });
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'reset-before', times: 3 });
    const stuck = await until('two polls in a row fail', async () => {
      const status = await rig.darkroom.status(id);
      return status.failedPollsInARow >= 2 ? status : null;
    });
    expect(stuck.line).toContain('no answer since');
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect((await rig.ledger()).submissions).toHaveLength(1);
  });

  it('goes on when the key is withdrawn for a while: the training is paid', async () => {
    const id = await start({ sandbox: { pace: pace(1000) } });
    await rig.untilState(id, 'training');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'unauthorized', times: 2 });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('takes a status word that nobody documented for running', async () => {
    const id = await start({ sandbox: { pace: pace(1500) } });
    await rig.untilState(id, 'training');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'odd-word', times: 1 });
    await until('the odd word is shown', async () =>
      (await rig.darkroom.status(id)).providerWord === 'polishing' ? true : null,
    );
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('looks at once when it is nudged, however far the next look is', async () => {
    const id = await start({
      sandbox: { pace: pace(300) },
      env: { DARKROOM_POLL_FIRST: '10m', DARKROOM_POLL_MAX: '10m' },
    });
    await rig.untilState(id, 'uploading');
    const result = rig.darkroom.result(id);
    let isDone = false;
    void result.finally(() => (isDone = true));
    // Each nudge causes one look: at the upload, and then at the training until that is done.
    await until('nudges bring the training to its end', async () => {
      if (!isDone) await rig.darkroom.nudge(id).catch(() => undefined);
      return isDone ? true : null;
    });
    expect(await result).toMatchObject({ state: 'succeeded' });
  });

  it('shows what a watcher tells of its progress, without a look, and takes no nonsense', async () => {
    const id = await start({
      sandbox: { pace: pace(600_000) },
      env: { DARKROOM_POLL_FIRST: '10m', DARKROOM_POLL_MAX: '10m' },
    });
    await rig.untilState(id, 'training');
    const handle = rig.client.workflow.getHandle(id);
    await handle.signal('progress', { percent: 40, word: 'processing' });
    for (const nonsense of [
      undefined,
      'x',
      { percent: 400, word: 'x' },
      { percent: '5', word: 'x' },
      { percent: 5 },
    ])
      await handle.signal('progress', nonsense);
    const status = await rig.darkroom.status(id);
    expect(status).toMatchObject({ percent: 40, providerWord: 'processing', state: 'training', polls: 0 });
    expect(status.line).toContain('40 %');
  });

  it('does not confirm a failure in a hurry, whoever nudges: the provider may take it back', async () => {
    const id = await start({
      sandbox: { pace: pace(600_000), faults: [{ endpoint: 'train', kind: 'fail-then-retry' }] },
      env: { DARKROOM_POLL_FIRST: '1500ms', DARKROOM_POLL_MAX: '10m' },
    });
    await until('it says "failed"', async () => ((await rig.darkroom.status(id)).polls >= 1 ? true : null));
    for (let n = 0; n < 3; n += 1) await rig.darkroom.nudge(id);
    await until('it has looked again', async () =>
      (await rig.darkroom.status(id)).polls >= 2 ? true : null,
    );

    expect(await msBetweenTheFirstLooks(rig, id)).toBeGreaterThanOrEqual(1500);
    expect(await rig.darkroom.status(id)).toMatchObject({ state: 'training' });
  });

  it('uploads again when the window of the upload has passed before it could submit', async () => {
    const id = await start({
      sandbox: {
        pace: { uploadMs: 20, trainMs: 300, uploadTtlMs: 1200 },
        faults: [{ endpoint: 'train', kind: 'busy', times: 2 }],
      },
    });
    const result = await rig.darkroom.result(id);
    const { uploads, submissions } = await rig.ledger();
    expect(uploads.length).toBeGreaterThanOrEqual(2);
    expect(submissions).toHaveLength(1);
    expect(submissions[0]?.uploadTaskId).toBe(uploads.at(-1)?.taskId);
    expect(result.credits.spent).toBe(48 + 2 * uploads.length);
  });
});

/** By the clock of the server, from the answer of the first look to the order of the second: a slow machine sees neither in time. */
async function msBetweenTheFirstLooks(rig: Rig, id: string): Promise<number> {
  const events = await wholeHistory(rig.client, id);
  const [first, second] = events.filter(
    ({ activityTaskScheduledEventAttributes: order }) => order?.activityType?.name === 'checkTraining',
  );
  const answer = events.find(
    ({ activityTaskCompletedEventAttributes: done }) =>
      done?.scheduledEventId !== undefined && String(done.scheduledEventId) === String(first?.eventId),
  );
  return atMs(second) - atMs(answer);
}
