import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { photoPool, type PhotoPool } from '../../src/photos/process/photo-pool';
import { until } from '../support/until';
import { childrenOf } from '../support/children-of';
import { isRunning } from '../temporal-server/is-running';

const MIB = 1024 ** 2;
const ODD_CHILD = path.join(__dirname, 'support/odd-child.js');
const LOOK = { crop: 'whole', isLookingForFaces: false } as const;

describe('the pool of photo processes', () => {
  let folder: string;
  let pool: PhotoPool;
  const start = (timeMs: number) => {
    pool = photoPool({ childFile: ODD_CHILD, processes: 2, limits: { timeMs, memoryBytes: 300 * MIB } });
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-pool-'));
    start(10_000);
  });
  afterEach(async () => {
    await pool.close();
    expect(pids().filter(isRunning)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  const look = (name: string, signal = new AbortController().signal) =>
    pool.look(located(name), LOOK, () => Promise.resolve(null), signal);
  const located = (name: string) => ({
    path: path.join(folder, name),
    device: 1,
    inode: 1,
    bytes: 1,
    modifiedMs: 1,
  });
  const kinds = async (names: string[]) =>
    (await Promise.all(names.map((name) => look(name)))).map(({ kind }) => kind);
  const pids = () =>
    existsSync(path.join(folder, 'pids')) ? readdirSync(path.join(folder, 'pids')).map(Number) : [];
  const tries = (name: string) => readFileSync(path.join(folder, `${name}.tries`), 'utf8').length;
  const good = (count: number) => Array.from({ length: count }, (_, number) => `good-${number}`);

  it('uses as many processes as it may, again and again', async () => {
    expect(new Set(await kinds(good(20)))).toEqual(new Set(['examined']));
    expect(pids()).toHaveLength(2);
    expect(await pool.recipe()).toBe('odd');
  });

  it.each([
    ['hang-1', 'too-slow'],
    ['sleep-1', 'too-slow'],
    ['grow-1', 'too-much-memory'],
    ['crash-1', 'crashes-decoder'],
    ['exit-1', 'crashes-decoder'],
    ['throw-1', 'crashes-decoder'],
  ])('%s: %s after two tries, and the other photos go on', async (name, reason) => {
    if (reason === 'too-slow') start(700);
    const [odd, ...others] = await Promise.all([look(name), ...good(6).map((one) => look(one))]);
    expect(odd).toMatchObject({ kind: 'deadly', reason });
    expect(tries(name)).toBe(2);
    expect(others.map(({ kind }) => kind)).toEqual(Array(6).fill('examined'));
    expect(await look('good-9')).toMatchObject({ kind: 'examined' });
  });

  it('a file that the disk does not hand over is no deadly photo: that may pass', async () => {
    start(700);
    expect(await look('stall-1')).toEqual({ kind: 'not-read', code: 'ETIMEDOUT' });
  });

  it('the second try is with a new process, whatever happened to those that are idle', async () => {
    await kinds(good(4));
    const before = new Set(pids());
    expect(before.size).toBe(2);
    expect(await look('unlucky-1')).toMatchObject({ kind: 'examined' });
    expect(pids().filter((pid) => !before.has(pid))).toHaveLength(1);
    expect(pids().filter(isRunning).length).toBeLessThanOrEqual(2);
  });

  it('closing in the instant of a look leaves no process', async () => {
    const looking = look('good-1');
    await Promise.all([expect(looking).rejects.toThrow('the photo pool was closed'), pool.close()]);
    expect(childrenOf(process.pid).filter((pid) => commandOf(pid).includes('odd-child'))).toEqual([]);
  });

  it('says what a process itself said of its failure', async () => {
    start(700);
    expect(await look('throw-1')).toMatchObject({ words: 'a mistake of ours' });
    expect(await look('hang-1')).toMatchObject({ words: 'a photo process ended: too-slow' });
  });

  it('many deadly photos at once take nothing else with them', async () => {
    const names = ['crash-1', 'good-1', 'exit-1', 'good-2', 'crash-2', 'good-3', 'throw-1', 'good-4'];
    expect(await kinds(names)).toEqual(
      names.map((name) => (name.startsWith('good') ? 'examined' : 'deadly')),
    );
  });

  it('one death is bad luck, not a verdict', async () => {
    expect(await look('unlucky-1')).toMatchObject({ kind: 'examined' });
    expect(tries('unlucky-1')).toBe(2);
  });

  it('what is known by its content is not decoded', async () => {
    const signal = new AbortController().signal;
    const answer = await pool.look(located('good-1'), LOOK, (hash) => Promise.resolve(`of ${hash}`), signal);
    expect(answer).toEqual({ kind: 'known', contentHash: 'good-1', known: 'of good-1' });
    expect(existsSync(path.join(folder, 'good-1.tries'))).toBe(false);
  });

  it('a process that has grown fat is replaced when it is idle', async () => {
    const lean = photoPool({
      childFile: ODD_CHILD,
      processes: 1,
      limits: { timeMs: 5000, memoryBytes: 200 * MIB },
    });
    try {
      const answers = [];
      for (const name of ['good-1', 'good-2', 'fat-1', 'good-3'])
        answers.push(
          await lean.look(located(name), LOOK, () => Promise.resolve(null), new AbortController().signal),
        );
      const [first, second, fat, next] = answers.map((one) => (one.kind === 'examined' ? one.cpuMs : null));
      expect([second, fat]).toEqual([first, first]); // the number of the process
      expect(next).not.toBe(first);
      expect(isRunning(first ?? 0)).toBe(false);
    } finally {
      await lean.close();
    }
  });

  it('an abort kills the process that is at work and fails with its own reason', async () => {
    const controller = new AbortController();
    const looking = look('sleep-1', controller.signal);
    await until('it is at work', () => (existsSync(path.join(folder, 'sleep-1.tries')) ? true : null));
    controller.abort(new Error('the training was canceled'));
    await expect(looking).rejects.toThrow('the training was canceled');
    expect(tries('sleep-1')).toBe(1);
    expect(pids().filter(isRunning)).toEqual([]);
    expect(await look('good-1')).toMatchObject({ kind: 'examined' });
  });

  it('what waits for a process can be aborted too', async () => {
    start(700);
    const controller = new AbortController();
    const busy = [look('hang-1'), look('hang-2')];
    await until('both are at work', () => (pids().length === 2 ? true : null));
    const waiting = look('good-1', controller.signal);
    controller.abort(new Error('canceled'));
    await expect(waiting).rejects.toThrow('canceled');
    expect(pids().filter(isRunning)).toHaveLength(2); // it did not wait for them
    expect((await Promise.all(busy)).map(({ kind }) => kind)).toEqual(['deadly', 'deadly']);
  });

  it('closing with work in hand ends the processes, and the work with them', async () => {
    const looking = [look('hang-1'), look('hang-2'), look('good-1')];
    await until('both are at work', () => (pids().length === 2 ? true : null));
    const ends = Promise.allSettled(looking);
    await pool.close();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(look('good-2')).rejects.toThrow('the photo pool was closed');
  });

  it('a process that was killed while the store was asked is handed to nobody', async () => {
    const lone = photoPool({
      childFile: ODD_CHILD,
      processes: 1,
      limits: { timeMs: 5000, memoryBytes: 300 * MIB },
    });
    try {
      const controller = new AbortController();
      let answerFind: (known: string) => void = () => undefined;
      const find = () => new Promise<string | null>((resolve) => (answerFind = resolve));
      const canceled = lone.look(located('good-1'), LOOK, find, controller.signal);
      await until('it is open', () => (pids().length === 1 ? true : null));
      const next = lone.look(
        located('good-2'),
        LOOK,
        () => Promise.resolve(null),
        new AbortController().signal,
      );
      controller.abort(new Error('canceled'));
      answerFind('known');
      await expect(canceled).rejects.toThrow('canceled');
      expect(await next).toMatchObject({ kind: 'examined' });
      expect(tries('good-2')).toBe(1); // its first try was with a process that lives
    } finally {
      await lone.close();
    }
  });

  it('who is aborted before is refused at once, however busy the processes are', async () => {
    const busy = [look('sleep-1'), look('sleep-2')];
    const ends = Promise.allSettled(busy);
    await until('both are at work', () => (pids().length === 2 ? true : null));
    await expect(look('good-1', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await expect(pool.recipe(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await pool.close();
    await ends;
  });

  it('closing ends a process that is being started, and so does an abort', async () => {
    const slow = photoPool({
      childFile: path.join(__dirname, 'support/never-ready-child.js'),
      processes: 2,
      limits: { timeMs: 5000, memoryBytes: 300 * MIB },
    });
    const controller = new AbortController();
    const starts = [slow.recipe(controller.signal), slow.recipe()];
    const ends = Promise.allSettled(starts);
    const started = await until('both are started', () => {
      const children = childrenOf(process.pid).filter((pid) => commandOf(pid).includes('never-ready'));
      return children.length === 2 ? children : null;
    });
    controller.abort(new Error('canceled'));
    await expect(starts[0]).rejects.toThrow('canceled');
    expect(started.filter(isRunning)).toHaveLength(1);
    await slow.close();
    expect(started.filter(isRunning)).toEqual([]);
    await expect(starts[1]).rejects.toThrow('the photo pool was closed');
    await ends;
  });

  it('nobody who comes later is served before one who waits', async () => {
    const lone = photoPool({
      childFile: ODD_CHILD,
      processes: 1,
      limits: { timeMs: 5000, memoryBytes: 300 * MIB },
    });
    const order: string[] = [];
    const served = (name: string) =>
      lone
        .look(located(name), LOOK, () => Promise.resolve(null), new AbortController().signal)
        .then(() => order.push(name));
    // The first one asks again as soon as it is served.
    await Promise.all([served('good-1').then(() => served('good-4')), served('good-2'), served('good-3')]);
    await lone.close();
    expect(order).toEqual(['good-1', 'good-2', 'good-3', 'good-4']);
  });

  it('a copy of a photo that no process survives is known by its content', async () => {
    const deadly = await look('crash-1');
    expect(deadly).toMatchObject({ kind: 'deadly', contentHash: 'crash-1' });
    expect(deadly).toMatchObject({ words: 'a photo process ended: crashed (SIGSEGV)' });
  });

  it('says when no process can be started, and what the system says of it', async () => {
    const none = photoPool({
      childFile: '/no/such/program.js',
      processes: 1,
      limits: { timeMs: 600, memoryBytes: 300 * MIB },
    });
    await expect(none.recipe()).rejects.toThrow(
      /^A photo process cannot be started: \/no\/such\/program\.js: .*exit code 1/,
    );
    await none.close();
  });

  it('no process is left when the worker is killed, not even a busy one', async () => {
    const parent = `
      const { photoPool } = require(${JSON.stringify(path.join(__dirname, '../../dist/photos/process/photo-pool.js'))});
      const limits = { timeMs: 60000, memoryBytes: ${300 * MIB} };
      const pool = photoPool({ childFile: ${JSON.stringify(ODD_CHILD)}, processes: 2, limits });
      const look = (name) => pool.look(
        { path: ${JSON.stringify(folder)} + '/' + name, device: 1, inode: 1, bytes: 1, modifiedMs: 1 },
        { crop: 'whole', isLookingForFaces: false }, async () => null, new AbortController().signal);
      look('hang-1'); look('sleep-1');`;
    const worker = spawn(process.execPath, ['-e', parent], { stdio: 'ignore' });
    await until('both are at work', () =>
      ['hang-1', 'sleep-1'].every((name) => existsSync(path.join(folder, `${name}.tries`))) ? true : null,
    );
    expect(pids().filter(isRunning)).toHaveLength(2);
    worker.kill('SIGKILL');
    await until('they are gone', () => (pids().some(isRunning) ? null : true), 5000);
  });
});

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
