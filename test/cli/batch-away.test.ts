import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';
import { MAIN } from '../support/run-cli';
import { until } from '../support/until';

describe('darkroom batch watch', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  it('says that no worker runs, and follows the batch to its end when one does', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    const watch = spawn(process.execPath, [MAIN, 'batch', 'watch', id, '--home', rig.home], {
      env: { ...process.env, ...rig.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heard = { stdout: '', stderr: '' };
    watch.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()));
    watch.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()));
    await until('it says so', () => (heard.stderr.includes('No worker answers') ? true : null));
    expect(heard.stdout).toBe('');
    await rig.startWorker();
    await once(watch, 'close');
    expect(watch.exitCode).toBe(0);
    expect(heard.stdout.trim().split('\n').at(-1)).toBe('1 rows · 1 succeeded · 50 credits spent');
    // No bar and no control codes where nobody looks at a terminal.
    expect(heard.stdout).not.toMatch(/[\x1b█░]/);
    await result(id);
  });
});
