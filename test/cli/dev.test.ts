import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { connect } from '../../src/client';
import { accessTo } from '../../src/temporal-connection';
import { isRunning } from '../temporal-server/is-running';
import { startDev, type DevProcess } from '../support/dev-process';
import { readLedger } from '../support/ledger';
import { writePhotos } from '../support/photos';
import { MAIN, runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';

const PERSON = ['--gender', 'male', '--ethnicity', 'black'];

describe('darkroom dev', () => {
  let home: string;
  let dev: DevProcess | null = null;
  beforeEach(async () => {
    home = mkdtempSync(path.join(testFolder(), 'dev-'));
    await writePhotos(home, 'given', 10);
  });
  afterEach(async () => {
    await dev?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is found by the other commands, and leaves nothing behind when it is stopped', async () => {
    dev = await startDev(home, {}, ['--train-time', '1s']);
    const { temporal, http, ui, sandbox } = dev.file;
    for (const address of [temporal, http, ui, sandbox]) expect(dev.readyLine).toContain(address);
    expect((await fetch(ui)).status).toBe(200);
    expect((await fetch(`${http}/api/v1/namespaces/default`)).status).toBe(200);

    const trained = await runCli([
      'train',
      's-1',
      path.join(home, 'given'),
      ...PERSON,
      '--home',
      home,
      '--json',
    ]);
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.stdout)).toMatchObject({ state: 'succeeded', credits: { spent: 42 } });
    // The sandbox delivers to the gateway inside, and Temporal has heard of it.
    expect(readFileSync(path.join(home, 'gateway.log'), 'utf8')).toContain('"taken":"heard"');
    expect(await runCli(['doctor', '--home', home])).toMatchObject({ code: 0 });
    const again = await runCli(['dev', '--home', home, '--port', '0']);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('Another darkroom runs on');

    const { pid } = dev.file;
    expect(await dev.stop()).toBe(0);
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(path.join(home, 'dev.json'))).toBe(false);
    await expect(fetch(ui)).rejects.toThrow();
  });

  it('goes on with a training after everything was killed, server, sandbox and worker, charged once', async () => {
    dev = await startDev(home, {}, ['--train-time', '4s']);
    const id = 'killed-with-everything';
    await runCli([
      'train',
      's-1',
      path.join(home, 'given'),
      ...PERSON,
      '--home',
      home,
      '--id',
      id,
      '--detach',
    ]);
    await until('it trains', async () => {
      const shown = await runCli(['show', id, '--home', home, '--json']);
      return shown.stdout.includes('"state": "training"') ? true : null;
    });
    await dev.kill();

    dev = await startDev(home, {}, ['--train-time', '4s']);
    const darkroom = await connect(accessTo(dev.file.temporal));
    expect(await darkroom.result(id)).toMatchObject({ state: 'succeeded', charge: 'charged' });
    await darkroom.close();
    expect((await readLedger(dev.file.sandbox ?? '')).submissions).toHaveLength(1);
  });

  it('a demo that is stopped in the middle stops, and leaves nothing running', async () => {
    const child = spawn(process.execPath, [MAIN, 'demo', '--home', home], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await until('the demo trains', () => (stdout.includes('training: ') ? true : null));
    child.kill('SIGINT');
    expect(await exited).toBe(130);
    expect(stdout).toContain('The training is kept: darkroom dev --home');
    const ui = /Temporal UI (\S+)/.exec(stdout)?.[1] ?? '';
    await expect(fetch(ui)).rejects.toThrow();
  });

  it('drives the provider that is configured instead of its sandbox', async () => {
    const env = { APIFRAME_BASE_URL: 'http://127.0.0.1:9', APIFRAME_API_KEY: 'a-key' };
    dev = await startDev(home, env);
    expect(dev.file.sandbox).toBeNull();
    expect(dev.readyLine).not.toContain('a-key');
    expect(readFileSync(path.join(home, 'dev.json'), 'utf8')).not.toContain('a-key');
  });

  it('says which port is in use and how to choose another', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await until('it listens', () => (blocker.listening ? true : null));
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await runCli(['dev', '--home', home, '--port', String(port)]);
    expect(code).toBe(2);
    expect(stderr).toContain(`Port ${String(port)} is in use`);
    expect(stderr).toContain('--port 0');
    const sandbox = await runCli(['sandbox', '--port', String(port)]);
    expect(sandbox.code).toBe(2);
    blocker.close();
  });
});
