import { addFault } from '../support/ledger';
import { createRig, type Rig, type RigOptions } from '../support/rig';
import { until } from '../support/until';
import { atMs, wholeHistory } from '../support/whole-history';

const pace = (trainMs: number) => ({ uploadMs: 50, trainMs, uploadTtlMs: 3_600_000 });
const FAR = { DARKROOM_POLL_FIRST: '10m', DARKROOM_POLL_MAX: '10m' };

/** What the tests of one group share, each with a training of its own. */
function shared(options: RigOptions): { rig: () => Rig; start: () => Promise<string> } {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig(options);
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  return { rig: () => rig, start: async () => rig.train(await rig.request()) };
}

describe('waiting longer than one history', () => {
  const { rig, start } = shared({ sandbox: { pace: pace(8000) }, env: { DARKROOM_POLL_MAX: '50ms' } });

  it('crosses a continue-as-new with everything that counts', async () => {
    const id = await start();
    const result = await rig().darkroom.result(id);
    const status = await rig().darkroom.status(id);

    const { events } = await rig().client.workflow.getHandle(id).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).toBeTruthy();
    const { typedSearchAttributes } = await rig().client.workflow.getHandle(id).describe();
    const known = Object.fromEntries(
      typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const),
    );
    expect(known).toMatchObject({
      DarkroomState: 'succeeded',
      DarkroomProvider: 'apiframe',
      DarkroomSubject: 's-1',
    });
    const timeline = await rig().darkroom.timeline(id);
    const states = timeline.map((entry) => (entry.what === 'state' ? entry.state : entry.what));
    expect(states).toEqual(['normalizing', 'uploading', 'submitting', 'training', 'succeeded']);
    expect(timeline.map(({ at }) => at.getTime())).toEqual(
      timeline.map(({ at }) => at.getTime()).sort((a, b) => a - b),
    );
    expect(status.polls).toBeGreaterThan(5);
    expect(result).toMatchObject({
      state: 'succeeded',
      charge: 'charged',
      credits: { reserved: 0, spent: 50 },
    });
    expect(result.photos).toHaveLength(12);
    const { submissions } = await rig().ledger();
    expect(submissions.filter(({ taskId }) => taskId === result.trainingId)).toHaveLength(1);
  });

  it('keeps the deadline over a continue-as-new', async () => {
    const startedMs = Date.now();
    const result = await rig().darkroom.result(await rig().train(await rig().request({ deadlineMs: 6000 })));
    expect(result.state).toBe('timed-out');
    expect(Date.now() - startedMs).toBeLessThan(9000);
  });
});

describe('a provider in trouble', () => {
  const { rig, start } = shared({ sandbox: { pace: pace(1500) } });

  it('outlasts a provider that is down for a while, and says so meanwhile', async () => {
    const id = await start();
    await rig().untilState(id, 'training');
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'error-before', times: 3 });
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'reset-before', times: 3 });
    const stuck = await until('two polls in a row fail', async () => {
      const status = await rig().darkroom.status(id);
      return status.failedPollsInARow >= 2 ? status : null;
    });
    expect(stuck.line).toContain('no answer since');
    expect(await rig().darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('goes on when the key is withdrawn for a while: the training is paid', async () => {
    const id = await start();
    await rig().untilState(id, 'training');
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'unauthorized', times: 2 });
    expect(await rig().darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('takes a status word that nobody documented for running', async () => {
    const id = await start();
    await rig().untilState(id, 'training');
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'odd-word', times: 1 });
    await until('the odd word is shown', async () =>
      (await rig().darkroom.status(id)).providerWord === 'polishing' ? true : null,
    );
    expect(await rig().darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('waits as long as the provider asks, and takes a percentage that falls', async () => {
    const id = await start();
    await rig().untilState(id, 'training');
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'busy', retryAfterS: 1, times: 1 });
    await until('it is told to wait', async () =>
      (await rig().darkroom.status(id)).failedPollsInARow === 1 ? true : null,
    );
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'percent-back', times: 1 });
    expect(await rig().darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    const events = await wholeHistory(rig().client, id);
    const looks = events.filter(
      ({ activityTaskScheduledEventAttributes: order }) => order?.activityType?.name === 'checkTraining',
    );
    const gapsMs = looks.slice(1).map((look, n) => atMs(look) - atMs(looks[n]));
    expect(Math.max(...gapsMs)).toBeGreaterThanOrEqual(1000);
  });
});

describe('looks of its own that are far apart', () => {
  const { rig, start } = shared({ sandbox: { pace: pace(4000) }, env: FAR });

  it('looks at once when it is nudged, however far the next look is', async () => {
    const id = await start();
    await rig().untilState(id, 'uploading');
    const result = rig().darkroom.result(id);
    let isDone = false;
    void result.finally(() => (isDone = true));
    // Each nudge causes one look: at the upload, and then at the training until that is done.
    await until('nudges bring the training to its end', async () => {
      if (!isDone)
        await rig()
          .darkroom.nudge(id)
          .catch(() => undefined);
      return isDone ? true : null;
    });
    expect(await result).toMatchObject({ state: 'succeeded' });
    // Some of them came while the history was started over, which the server then refuses, or they would be lost.
    const { events } = await rig().client.workflow.getHandle(id).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).toBeTruthy();
  });

  it('shows what a watcher tells of its progress, without a look, and takes no nonsense', async () => {
    const id = await start();
    await rig().untilState(id, 'training');
    const handle = rig().client.workflow.getHandle(id);
    await handle.signal('progress', { percent: 40, word: 'processing' });
    for (const nonsense of [
      undefined,
      'x',
      { percent: 400, word: 'x' },
      { percent: '5', word: 'x' },
      { percent: 5 },
    ])
      await handle.signal('progress', nonsense);
    const status = await rig().darkroom.status(id);
    expect(status).toMatchObject({ percent: 40, providerWord: 'processing', state: 'training', polls: 0 });
    expect(status.line).toContain('40 %');
  });
});

describe('a training that says "failed"', () => {
  const { rig, start } = shared({
    sandbox: { pace: pace(600_000) },
    env: { DARKROOM_POLL_FIRST: '1500ms', DARKROOM_POLL_MAX: '10m' },
  });

  it('does not confirm a failure in a hurry, whoever nudges: the provider may take it back', async () => {
    await addFault(rig().sandbox.url, { endpoint: 'train', kind: 'fail-then-retry' });
    const id = await start();
    await until('it says "failed"', async () => ((await rig().darkroom.status(id)).polls >= 1 ? true : null));
    for (let n = 0; n < 3; n += 1) await rig().darkroom.nudge(id);
    await until('it has looked again', async () =>
      (await rig().darkroom.status(id)).polls >= 2 ? true : null,
    );

    expect(await msBetweenTheFirstLooks(rig(), id)).toBeGreaterThanOrEqual(1500);
    expect(await rig().darkroom.status(id)).toMatchObject({ state: 'training' });
  });

  it('takes a training that failed, and is forgotten then, for failed', async () => {
    await addFault(rig().sandbox.url, { endpoint: 'train', kind: 'fail-then-retry' });
    const id = await start();
    await until('it says "failed"', async () =>
      (await rig().darkroom.status(id)).line.includes('it says that it failed') ? true : null,
    );
    await addFault(rig().sandbox.url, { endpoint: 'fetch', kind: 'forgotten', times: 1000 });
    await expect(rig().darkroom.result(id)).resolves.toMatchObject({
      state: 'failed',
      charge: 'charged',
      failure: { code: 'TrainingFailed' },
    });
  });
});

describe('an upload whose window passes', () => {
  const { rig, start } = shared({
    sandbox: {
      pace: { uploadMs: 20, trainMs: 300, uploadTtlMs: 1200 },
      faults: [{ endpoint: 'train', kind: 'busy', times: 2 }],
    },
  });

  it('uploads again when the window of the upload has passed before it could submit', async () => {
    const id = await start();
    const result = await rig().darkroom.result(id);
    const { uploads, submissions } = await rig().ledger();
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
