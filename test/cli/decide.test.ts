import { addFault } from '../support/ledger';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';
import path from 'node:path';

describe('an unknown outcome, at the command line', () => {
  let rig: Rig;
  let folder: string;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    await writePhotos(rig.home, 'given', 10);
    folder = path.join(rig.home, 'given');
  });
  afterAll(() => rig.close());

  const cli = (...args: string[]) =>
    runCli([...args, '--home', rig.home], { env: { ...rig.env, CI: 'true' } });
  let number = 0;
  const trainInto = async (kind: 'reset-after' | 'reset-before') => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind });
    const id = `decide-${String(Date.now())}-${String((number += 1))}`;
    rig.remember(id);
    const person = ['--gender', 'female', '--ethnicity', 'white', '--generation', String(number), '--id', id];
    return { id, run: await cli('train', 's-1', folder, ...person) };
  };
  const submissions = async () => (await rig.ledger()).submissions;

  it('train says what is known, what it costs and what to type, and exits with 4', async () => {
    const { id, run } = await trainInto('reset-after');
    expect(run.code).toBe(4);
    expect(run.stdout).toContain('unknown outcome');
    expect(run.stdout).toContain('it may have cost 40 credits');
    expect(run.stdout).toContain(`darkroom decide ${id} adopt TRAINING`);
    expect(run.stdout).toContain('retry --accept-second-charge');
    expect((await cli('list', '--state', 'needs-decision')).stdout).toContain(id);

    const trainingId = (await submissions()).at(-1)?.taskId ?? '';
    expect(await cli('decide', id, 'adopt', trainingId)).toMatchObject({
      code: 0,
      stdout: `Adopted, and waited for: darkroom watch ${id}\n`,
    });
    expect(await rig.darkroom.result(id)).toMatchObject({
      state: 'succeeded',
      trainingId,
      charge: 'charged',
    });
  });

  it('retry pays once more, and must say that it accepts that', async () => {
    const { id } = await trainInto('reset-before');
    const before = (await submissions()).length;
    const bare = await cli('decide', id, 'retry');
    expect(bare).toMatchObject({ code: 2, stdout: '' });
    expect(bare.stderr).toContain('both are charged; say so with --accept-second-charge');
    expect((await submissions()).length).toBe(before);
    expect(await cli('decide', id, 'retry', '--accept-second-charge')).toMatchObject({ code: 0 });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect((await submissions()).length - before).toBe(1);
  });

  it('abandon ends it, with the charge unknown', async () => {
    const { id } = await trainInto('reset-after');
    expect(await cli('decide', id, 'abandon')).toMatchObject({ code: 0 });
    expect(await rig.darkroom.result(id)).toMatchObject({
      state: 'failed',
      charge: 'unknown',
      failure: { code: 'Abandoned' },
    });
  });

  it('what cannot be decided is one sentence, and nothing is sent', async () => {
    const { id } = await trainInto('reset-after');
    const own = (await submissions()).at(-1)?.taskId ?? '';
    const done = await rig.train(await rig.request());
    const { trainingId } = await rig.darkroom.result(done);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    const failed = await rig.train(await rig.request());
    await rig.darkroom.result(failed);
    const lost = (await submissions()).at(-1)?.taskId ?? '';
    const before = (await submissions()).length;
    const refusals: [string[], RegExp][] = [
      [['decide', done, 'abandon'], /has ended and needs no decision/],
      [['decide', 'no-such-id', 'abandon'], /no training with the id no-such-id/],
      [['decide', id, 'adopt'], /adopt needs the id of the training/],
      [['decide', id, 'abandon', own], /abandon takes no training id/],
      [
        ['decide', id, 'adopt', 'no-such-task'],
        /APIFRAME does not know the training no-such-task; nothing was changed/,
      ],
      [['decide', id, 'adopt', lost], new RegExp(`The training ${lost} failed at APIFRAME`)],
      [['decide', id, 'adopt', trainingId ?? ''], new RegExp(`The training .* belongs to ${done}`)],
      [
        ['adopt', id, own],
        new RegExp(`${id} is running; if it needs a decision, type darkroom decide ${id} adopt`),
      ],
      [['adopt', done, own], /has succeeded/],
      [['adopt', 'no-such-id', own], /no training with the id no-such-id/],
    ];
    for (const [args, sentence] of refusals) {
      const run = await cli(...args);
      expect({ args, ...run }).toMatchObject({ args, code: 2, stdout: '' });
      expect(run.stderr).toMatch(sentence);
      expect(run.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect((await submissions()).length).toBe(before);
    expect((await rig.darkroom.status(id)).state).toBe('needs-decision');
    await rig.client.workflow
      .getHandle(id)
      .executeUpdate('decide', { args: ['nonsense'] })
      .then(
        () => Promise.reject(new Error('taken')),
        (error: unknown) => expect(String((error as { cause?: unknown }).cause)).toContain('A decision is'),
      );
    await rig.darkroom.decide(id, { decision: 'abandon' });
  });

  it('after a deadline, adopt waits again without submitting', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', nth: 2, times: 1000 });
    const request = await rig.request({ deadlineMs: 3000 });
    const id = await rig.train(request);
    const late = await rig.darkroom.result(id);
    expect(late).toMatchObject({ state: 'timed-out', charge: 'charged' });
    expect(late.failure?.message).toContain(
      `darkroom adopt ${id} ${String(late.trainingId)} waits for it again`,
    );
    const before = await rig.ledger();
    await fetch(`${rig.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    const other = await cli('adopt', id, 'another-task');
    expect(other.code).toBe(0); // it starts, looks, and says why not
    expect((await rig.darkroom.result(id)).failure?.message).toContain(
      `Its submission was accepted as ${String(late.trainingId)}, not as another-task`,
    );
    expect(await cli('adopt', id, String(late.trainingId))).toMatchObject({
      code: 0,
      stdout: `Waiting for ${String(late.trainingId)} again, nothing is submitted: darkroom watch ${id}\n`,
    });
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', trainingId: late.trainingId });
    expect(await rig.ledger()).toEqual(before);
  });
});

describe('darkroom train for TryItOn', () => {
  it.each([
    [
      ['--provider', 'tryiton'],
      '--provider tryiton needs at least one --style NAME or --uploaded-style KEY@TIME',
    ],
    [['--provider', 'tryiton', '--style', 'a'], '--provider tryiton needs --model-id'],
    [['--provider', 'tryiton', '--style', 'a', '--model-id', '1'], '--provider tryiton needs --body'],
    [
      ['--provider', 'tryiton', '--gender', 'male'],
      '--gender is for --provider apiframe, and this is for tryiton',
    ],
    [['--style', 'a'], '--style is for --provider tryiton, and this is for apiframe'],
    [[], '--provider apiframe needs --gender'],
    [['--gender', 'male'], '--provider apiframe needs --ethnicity'],
    [['--provider', 'tryiton', '--uploaded-style', 'k'], '--uploaded-style expects KEY@TIME'],
    [['--gender', 'male', '--ethnicity', 'white', '--generation', '0'], '--generation'],
  ])('%j: one sentence', async (args, sentence) => {
    const { code, stderr } = await runCli(['train', 's-1', '/nowhere', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
