import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';
import { until } from '../support/until';

describe('an account with limits, from a terminal', () => {
  let rig: Rig;
  const account = `cli-${String(process.pid)}`;
  const writeLimits = (limits: string) =>
    writeFileSync(
      path.join(rig.home, 'accounts.yaml'),
      `accounts: [{ provider: apiframe, account: ${account}, ${limits} }]`,
    );
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { APIFRAME_ACCOUNT: account },
    });
    writeLimits('slots: 1, creditsPerDay: 400');
    rig.remember(`darkroom-account-apiframe-${account}`);
  });
  afterAll(() => rig.close());
  const cli = (...args: string[]) => runCli([...args, '--home', rig.home], { env: rig.env });

  it('before anything was trained there is nothing, and it says so', async () => {
    expect((await cli('account', 'show')).stdout).toContain('No training has asked this account');
    expect((await cli('account', 'reload')).stdout).toContain('No training has asked this account');
    expect((await cli('credits')).stdout).toContain('Nothing is on this ledger');
  });

  it('show says who waits and why, reload obeys the file at once, credits sums up', async () => {
    await rig.startWorker();
    const first = await rig.request({ subject: 's-1', customer: 'c-7' });
    const second = await rig.request({ subject: 's-2' });
    const one = await rig.train(first);
    await rig.untilState(one, 'training');
    const two = await rig.train(second);
    await rig.untilState(two, 'queued');

    const shown = (await cli('account', 'show')).stdout;
    expect(shown).toContain(`apiframe (${account})`);
    expect(shown).toContain('slots    1 of 1 taken');
    expect(shown).toContain('credits  50 of 400 spent today, 0 set aside, 50 planned');
    expect(shown).toContain(`1  ${two}  all 1 slots of the account are taken`);
    expect(JSON.parse((await cli('account', 'show', '--json')).stdout)).toMatchObject({
      slotsTaken: 1,
      waiting: 1,
    });
    expect((await cli('show', two)).stdout).toContain('place 1: all 1 slots of the account are taken');

    writeLimits('slots: 2, creditsPerDay: 400');
    expect((await cli('account', 'reload')).stdout).toContain('The limits are read now');
    await rig.untilState(two, 'training');

    const summed = await until('both are on the ledger', async () => {
      const { stdout } = await cli('credits', '--by', 'customer');
      return /\(none\) +1 +0 +50/.test(stdout) ? stdout : null;
    });
    expect(summed).toMatch(/c-7 +1 +0 +50 +0 +0/);
    const csv = (await cli('credits', '--csv')).stdout;
    expect(csv.split('\r\n')[0]).toBe('n,at,kind,training,customer,what,credits');
    expect(csv).toContain(`,charged,${one},c-7,training,48`);
    const sums = [{ key: account, trainings: 2, charged: 100 }];
    expect(JSON.parse((await cli('credits', '--json')).stdout)).toMatchObject({ planned: 0, sums });
    expect((await cli('credits', '--by', 'day')).stdout).toContain('planned for trainings that wait: 0');
    // The ledger lies in the store, and can be read while Temporal is away.
    const away = await runCli(['credits', '--json', '--home', rig.home], {
      env: { ...rig.env, TEMPORAL_ADDRESS: '127.0.0.1:1' },
    });
    expect(JSON.parse(away.stdout)).toMatchObject({ planned: null, sums });
    expect(away).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('what is planned is not known') as string,
    });
  });

  it.each([
    [['credits', '--from', '2026-13-01'], '--from expects a day such as 2026-11-25, received "2026-13-01"'],
    [['credits', '--from', '2026-02-30'], '--from expects a day'],
    [['credits', '--from', '2026-02-02', '--to', '2026-02-01'], '--from 2026-02-02 is after --to 2026-02-01'],
    [['credits', '--from', '2020-01-01'], 'days are more than 400; name a later --from'],
  ])('%j is refused', async (args, words) => {
    const { code, stderr } = await cli(...args);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it('a worker does not start with a file that is wrong', async () => {
    writeLimits('slots: 0');
    const { code, stderr } = await cli('worker');
    expect(stderr).toContain('accounts[0].slots: must be at least 1');
    expect(code).toBe(2);
  });
});
