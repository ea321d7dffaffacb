import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';
import { MAIN, runCli } from '../support/run-cli';
import { until } from '../support/until';

describe('a batch that runs, at the command line', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  it('is drawn as a bar in a terminal, over the one before', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(3), 1));
    // A terminal of its own, as no pipe is one.
    const command = [process.execPath, MAIN, 'batch', 'watch', id, '--home', rig.home].join(' ');
    const watch = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, ...rig.env, TERM: 'xterm', COLUMNS: '100', NO_COLOR: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let screen = '';
    watch.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const [code] = (await once(watch, 'close')) as [number];
    expect(code).toBe(0);
    await result(id);
    const bars = screen.match(/[█▓▒░\x1b[\dm]+ {2}\d\/3/g) ?? [];
    expect(bars.length).toBeGreaterThan(2);
    expect(bars[0]).toContain('░');
    expect(bars.at(-1)).toContain('3/3');
    // Each is drawn where the last one was.
    expect(screen).toMatch(/\x1b\[\d*[AGJK]/);
    expect(screen).toContain('3 rows · 3 succeeded · 150 credits spent');
  });

  it('that is joined keeps what it was started with, and says so', async () => {
    const id = newId();
    const rows = await requests(2);
    const file = path.join(rig.home, 'joined.jsonl');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const run = (...more: string[]) =>
      runCli(['batch', 'run', file, '--id', id, '--detach', '--home', rig.home, ...more], { env: rig.env });
    expect(await run('--in-flight', '1')).toMatchObject({ code: 0, stderr: '' });
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    expect(await run('--in-flight', '1')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('--in-flight', '1', '--budget', '100')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Joined ${id}: 2 rows`) as unknown,
      stderr: `It runs already, with 1 at once and no budget; another budget is set by darkroom batch retry ${id} --budget CREDITS\n`,
    });
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    await until('it is over', async () =>
      (await rig.darkroom.batch(id)).states.succeeded === 2 ? true : null,
    );
    await result(id);
  });
});
