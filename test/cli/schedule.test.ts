import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';
import { until } from '../support/until';

const HEAD = 'subject,photos,gender,ethnicity';
const RULE = ['--every-folder', 'file:people', '--gender', 'female', '--ethnicity', 'white'];

describe('a schedule, at the command line', () => {
  let rig: Rig;
  let folder: string;
  const name = `cli-${String(process.pid)}`;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    folder = mkdtempSync(path.join(rig.home, 'manifests-'));
    for (const photos of ['people/one', 'people/two']) await writePhotos(folder, photos, 12);
    await writePhotos(rig.config.photosDir, 'people/cli-1', 12);
  });
  afterAll(async () => {
    for (const one of await rig.darkroom.schedules.list())
      if (one.name.startsWith(name)) await rig.darkroom.schedules.delete(one.name);
    await rig.close();
  });

  const cli = (...args: string[]) => runCli(['schedule', ...args, '--home', rig.home], { env: rig.env });
  const manifest = (file: string, lines: string[]) => {
    writeFileSync(path.join(folder, file), lines.join('\n'));
    return path.join(folder, file);
  };
  const remember = async (id: string) => {
    rig.remember(id);
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig.remember(workflowId);
  };

  it('trains a manifest by the clock, and says what becomes of it', async () => {
    const file = manifest('night.csv', [HEAD, 's-1,people/one,male,white', 's-2,people/two,male,asian']);
    const created = await cli(
      'create',
      name,
      '--manifest',
      file,
      '--cron',
      '30 2 * * *',
      '--timezone',
      'Europe/Berlin',
      '--paused',
      '--note',
      'not yet',
    );
    expect(created).toMatchObject({ code: 0 });
    expect(created.stdout).toMatch(new RegExp(`^Created ${name}, paused\\n${name} · 2 rows, 10 at once\\n`));
    expect(created.stdout).toContain('overlap  skip · catch-up 60 min\npaused: not yet\n');
    expect(created.stdout).toMatch(
      /next, if it were not paused\n {2}\S+T02:30:00 Europe\/Berlin {2}\S+T0[01]:30:00Z\n/,
    );
    expect(created.stderr.match(/^Note: On \S+ clocks in Europe\/Berlin go/gm)).toHaveLength(2);

    const triggered = await cli('trigger', name);
    const id = /^Started (\S+): darkroom batch watch/.exec(triggered.stdout)?.[1] ?? '';
    expect(id).toMatch(new RegExp(`^${name}-`));
    await until('it is over', async () => {
      const { stdout } = await cli('show', name);
      return stdout.includes(`  ${id}  completed  2 rows · 2 succeeded · 100 credits spent\n`) ? true : null;
    });
    expect((await runCli(['batch', 'show', id, '--home', rig.home], { env: rig.env })).stdout).toBe(
      '2 rows · 2 succeeded · 100 credits spent\n',
    );
    await remember(id);

    expect((await cli('resume', name, '--note', 'now')).stdout).toBe(`Resumed ${name}\n`);
    expect(
      (await cli('update', name, '--timezone', 'UTC', '--jitter', '5m', '--pause-on-failure')).stderr,
    ).toBe('');
    const shown = JSON.parse((await cli('show', name, '--json')).stdout) as Record<string, unknown>;
    expect(shown).toMatchObject({
      timezone: 'UTC',
      jitterMs: 300_000,
      pauseOnFailure: true,
      note: 'now',
      overlap: 'skip',
    });
    expect(shown['nextAt']).toHaveLength(10);
    expect((await cli('update', name, '--no-pause-on-failure')).stdout).not.toContain('pauses on failure');
    const listed = await until('it is listed', async () => {
      const { stdout } = await cli('list');
      return stdout.includes(name) ? stdout : null;
    });
    expect(listed).toMatch(new RegExp(`^${name} {2}next \\S+Z {2}30 2 \\* \\* \\* \\(UTC\\)$`, 'm'));
    expect((await cli('delete', name)).stdout).toContain(`Deleted ${name}`);
    expect(await cli('show', name)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`There is no schedule of batches with the name ${name}`) as unknown,
    });
  });

  it('trains every new folder', async () => {
    const own = `${name}-folders`;
    expect((await cli('create', own, ...RULE, '--every', '30d')).stdout).toContain(
      `${own} · every new folder below file:people, 10 at once\ntimes    every 30d (UTC)\n`,
    );
    const id = (JSON.parse((await cli('trigger', own, '--json')).stdout) as { id: string }).id;
    await until('it is over', async () =>
      (await cli('show', own)).stdout.includes(`${id}  completed  1 rows · 1 succeeded`) ? true : null,
    );
    await remember(id);
    expect(await cli('backfill', own, '--from', '2026-11-03', '--to', '2026-11-02')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('swap them') as unknown,
    });
    expect((await cli('backfill', own, '--from', 'yesterday', '--to', '2026-02-30')).stderr).toContain(
      '--from expects a day such as',
    );
    expect((await cli('create', own, ...RULE, '--every', '1h')).stderr).toContain('There is a schedule');
  });

  it.each([
    [['--cron', '0 0 30 2 *', ...RULE], 'never comes in UTC'],
    [['--cron', 'every day', ...RULE], 'is no cron line'],
    [['--cron', '0 25 * * *', ...RULE], '"25" is no hour; write numbers from 0 to 23'],
    [['--every', '0s', ...RULE], 'an interval has one second or more'],
    [['--calendar', 'at two', ...RULE], '--calendar expects fields such as'],
    [['--calendar', 'hour=2 minit=3', ...RULE], 'there is no field "minit"'],
    [['--every', '1h', '--timezone', 'Berlin', ...RULE], 'did you mean Europe/Berlin?'],
    [['--every', '1h', '--catch-up', '0s', ...RULE], 'The catch-up window is 0 s, and may be from 10 s'],
    [['--every', '1h', '--jitter=-5m', ...RULE], '--jitter expects a duration'],
    [['--every', '1h', '--overlap', 'both', ...RULE], 'Allowed choices are skip'],
    [['--every', '1h', '--in-flight', '0', ...RULE], '--in-flight expects a whole number from 1'],
    [RULE, 'Say when: --cron, --every or --calendar'],
    [['--every', '1h'], 'Say what is to be trained'],
    [['--every', '1h', '--gender', 'female'], '--gender needs --every-folder'],
    [['--every', '1h', '--manifest', 'a.csv', ...RULE], 'two kinds of batches'],
    [
      ['--every', '1h', '--every-folder', 'people', '--gender', 'female', '--ethnicity', 'white'],
      'under: must be a place',
    ],
    [['--every', '1h', '--every-folder', 'file:people'], 'options.gender'],
    [['--every', '1h', '--manifest', 'none.csv'], 'cannot be read (ENOENT)'],
  ])('refuses %j in words, and makes nothing', async (args, words) => {
    const { code, stderr, stdout } = await cli('create', `${name}-bad`, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    await expect(rig.darkroom.schedules.get(`${name}-bad`)).rejects.toThrow('There is no schedule');
  });

  it('takes no manifest with a wrong row', async () => {
    const file = manifest('wrong.csv', [HEAD, 's-1,people/one,female,white', 's-2,people/none,female,white']);
    const { code, stderr } = await cli('create', `${name}-bad`, '--manifest', file, '--every', '1d');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /Not right in .*, so mend first \(1 row\):\n {2}row 3: photos: there is no folder/,
    );
    expect((await cli('create', 'a/b', ...RULE, '--every', '1h')).stderr).toContain(
      '"a/b" is no name of a schedule',
    );
  });
});
