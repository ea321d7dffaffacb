import { updateSchedule } from '../../src/client/update-schedule';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

const NEVER_SOON = { cron: ['0 0 1 1 *'] };
const ROWS = { manifest: 'batches/none', rows: 0, pages: [] };
const FEMALE = { provider: 'apiframe', options: { gender: 'female', ethnicity: 'white' } } as const;
const ROUNDS = 5;

describe('an update of a schedule', () => {
  let rig: Rig;
  let name = '';
  let number = 0;
  beforeAll(async () => void (rig = await createRig()));
  beforeEach(() => void (name = `update-${String(process.pid)}-${String((number += 1))}`));
  afterEach(() => rig.client.schedule.getHandle(name).delete());
  afterAll(() => rig.close());

  const create = () => rig.darkroom.schedules.create(name, { times: NEVER_SOON, rows: ROWS, isPaused: true });
  const kept = async () => {
    const { spec, action, policies, state, memo } = await rig.client.schedule.getHandle(name).describe();
    return { spec, action, policies, state, memo };
  };

  it('leaves what others have set', async () => {
    await create();
    await rig.client.schedule.getHandle(name).update(({ spec, action, policies, state }) => ({
      spec: {
        ...spec,
        skip: [{ month: 'DECEMBER', dayOfMonth: 25 }],
        startAt: new Date('2026-01-01T00:00:00Z'),
        endAt: new Date('2090-01-01T00:00:00Z'),
      },
      action: {
        ...action,
        args: [{ ...(action.args?.[0] as object), lookEveryMs: 60_000 }],
        retry: { maximumAttempts: 3 },
        workflowExecutionTimeout: 86_400_000,
        staticDetails: 'ask the night shift',
        memo: { ...action.memo, team: 'night' },
      },
      policies: { ...policies, overlap: 'TERMINATE_OTHER' },
      state: { ...state, remainingActions: 7 },
    }));
    const before = await kept();
    expect(before.spec.skip).toHaveLength(1);

    await rig.darkroom.schedules.update(name, { jitterMs: 60_000 });
    expect(await kept()).toEqual({ ...before, spec: { ...before.spec, jitter: 60_000 } });
    await rig.darkroom.schedules.update(name, { jitterMs: 0 });
    expect(await kept()).toEqual(before);

    await rig.darkroom.schedules.update(name, { catchUpMs: 60_000, inFlight: 3, pauseOnFailure: true });
    const [order] = before.action.args as [object];
    const changed = {
      ...before,
      policies: { ...before.policies, catchupWindow: 60_000, pauseOnFailure: true },
      action: {
        ...before.action,
        args: [{ ...order, inFlight: 3, failsWithRows: true }],
        staticSummary: '0 rows, 3 at once',
      },
    };
    expect(await kept()).toEqual(changed);

    await rig.darkroom.schedules.update(name, { times: { every: ['6h'] }, timezone: 'Asia/Tokyo' });
    const intervals = [{ every: 21_600_000, offset: 0 }];
    const spec = { ...before.spec, calendars: [], intervals, timezone: 'Asia/Tokyo' };
    expect(await kept()).toEqual({ ...changed, spec });
  });

  it('decides nothing else about rows that fail than it was told', async () => {
    await rig.darkroom.schedules.create(name, {
      times: NEVER_SOON,
      rows: ROWS,
      isPaused: true,
      pauseOnFailure: false,
    });
    const setElsewhere = (failsWithRows: boolean, pauseOnFailure: boolean) =>
      rig.client.schedule.getHandle(name).update(({ spec, action, policies, state }) => ({
        spec,
        action: {
          ...action,
          staticSummary: 'by the night shift',
          args: [{ ...(action.args?.[0] as object), failsWithRows }],
        },
        policies: { ...policies, pauseOnFailure },
        state,
      }));
    const order = async () => (await kept()).action.args?.[0] as Record<string, unknown>;
    await setElsewhere(true, false);
    await rig.darkroom.schedules.update(name, { inFlight: 7 });
    expect(await order()).toMatchObject({ inFlight: 7, failsWithRows: true });
    await setElsewhere(false, true);
    await rig.darkroom.schedules.update(name, { budgetCredits: 100 });
    expect(await order()).toMatchObject({ budgetCredits: 100, failsWithRows: false });
    expect((await kept()).action.staticSummary).toBe('by the night shift');
    await rig.darkroom.schedules.update(name, { pauseOnFailure: false });
    expect(await order()).not.toHaveProperty('failsWithRows');
  });

  it('refuses a pause on failure where Temporal would not hear of failures', async () => {
    const both = { overlap: 'allow-all', pauseOnFailure: true } as const;
    const { schedules } = rig.darkroom;
    const words = 'would never pause; choose another overlap';
    await expect(schedules.create(name, { times: NEVER_SOON, rows: ROWS, ...both })).rejects.toThrow(words);
    await schedules.create(name, { times: NEVER_SOON, rows: ROWS, isPaused: true, pauseOnFailure: true });
    await expect(schedules.update(name, { overlap: 'allow-all' })).rejects.toThrow(words);
    await schedules.update(name, { overlap: 'allow-all', pauseOnFailure: false });
    await schedules.update(name, { inFlight: 3 });
  });

  it('to a rule takes the manifest away', async () => {
    await create();
    const rule = { under: 'file:nobody', request: FEMALE };
    await rig.darkroom.schedules.update(name, { rows: { everyFolder: rule } });
    const { action, memo } = await kept();
    expect([action.memo ?? {}, memo]).toEqual([{}, undefined]);
    expect(action.args).toEqual([{ everyFolder: rule, inFlight: 10, beyondMeans: 'refuse' }]);
  });

  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'and others at the same time all hold (%i)',
    async () => {
      await create();
      const { schedules } = rig.darkroom;
      await schedules.resume(name, '');
      await Promise.all([
        schedules.update(name, { timezone: 'Europe/Berlin' }),
        schedules.update(name, { jitterMs: 60_000, overlap: 'buffer-one' }),
        schedules.update(name, { inFlight: 3 }),
        schedules.update(name, { budgetCredits: 500 }),
        schedules.update(name, { times: { every: ['6h/30m'] } }),
        schedules.pause(name, 'the provider is on holiday'),
      ]);
      expect(await schedules.get(name)).toMatchObject({
        timezone: 'Europe/Berlin',
        jitterMs: 60_000,
        overlap: 'buffer-one',
        inFlight: 3,
        budgetCredits: 500,
        times: ['every 6h/30m'],
        isPaused: true,
        note: 'the provider is on holiday',
      });
    },
  );

  it('that never gets through says so', async () => {
    await create();
    // As where others are always faster: the server takes it, and lets it fall.
    const unheard = { updateSchedule: () => Promise.resolve({}) };
    const client = Object.create(rig.client, { workflowService: { value: unheard } }) as typeof rig.client;
    await expect(updateSchedule(client, name, { inFlight: 3 })).rejects.toThrow(
      `Others change the schedule ${name} all the time`,
    );
    expect(await rig.darkroom.schedules.get(name)).toMatchObject({ inFlight: 10 });
  });

  it('takes a budget and leaving out back', async () => {
    await create();
    const { schedules } = rig.darkroom;
    await schedules.update(name, { budgetCredits: 500, beyondMeans: 'leave-out' });
    const { stderr } = await runCli(
      ['schedule', 'update', name, '--no-budget', '--no-partial', '--home', rig.home],
      { env: rig.env },
    );
    expect(stderr).toBe('');
    expect(await schedules.get(name)).toMatchObject({ budgetCredits: null, beyondMeans: 'refuse' });
    await schedules.update(name, { budgetCredits: 500, beyondMeans: 'leave-out' });
    await runCli(['schedule', 'update', name, '--jitter', '1m', '--home', rig.home], { env: rig.env });
    expect(await schedules.get(name)).toMatchObject({ budgetCredits: 500, beyondMeans: 'leave-out' });
  });

  it('or a pause with what Temporal would not take is refused in words', async () => {
    await create();
    const { schedules } = rig.darkroom;
    const longest = 'ü'.repeat(500);
    await schedules.pause(name, longest);
    expect(await schedules.get(name)).toMatchObject({ note: longest });
    const longer = `${longest}!`;
    const plan = { times: NEVER_SOON, rows: ROWS, note: longer };
    for (const call of [
      schedules.pause(name, longer),
      schedules.resume(name, longer),
      schedules.create(`${name}-long`, plan),
    ])
      await expect(call).rejects.toThrow('The note has 1001 bytes, and Temporal keeps 1000 at most');
    expect(await schedules.get(name)).toMatchObject({ note: longest, isPaused: true });
    for (const other of ['', 'x'.repeat(1001), 'a/b', "it's"])
      await expect(schedules.get(other)).rejects.toThrow(
        `There is no schedule of batches with the name ${other}`,
      );
    for (const under of ['file:../elsewhere', 'file:people/../../elsewhere', 'file:..']) {
      const rows = { everyFolder: { under, request: FEMALE } };
      await expect(schedules.update(name, { rows })).rejects.toThrow(
        `${under} leads out of the photos folder`,
      );
      await expect(schedules.create(`${name}-out`, { times: NEVER_SOON, rows })).rejects.toThrow(
        'leads out of',
      );
    }
  });

  it('does not mind what is beyond our bounds, and was set by others', async () => {
    await rig.client.schedule.create({
      scheduleId: name,
      spec: { intervals: [{ every: '6h' }], jitter: '2d' },
      policies: { catchupWindow: '400d' },
      action: { type: 'startWorkflow', workflowType: 'trainBatch', taskQueue: 'darkroom', args: [] },
      state: { paused: true },
    });
    expect(await rig.darkroom.schedules.get(name)).toMatchObject({ times: ['every 6h'], trains: '0 rows' });
    await rig.darkroom.schedules.update(name, { inFlight: 3 });
    expect(await kept()).toMatchObject({
      spec: { jitter: 2 * 86_400_000 },
      policies: { catchupWindow: 400 * 86_400_000 },
      action: { args: [{ inFlight: 3 }], workflowId: `${name}-workflow` },
    });
  });
});
