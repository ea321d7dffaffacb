import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from './is-running';

// A process that can be killed needs a program of its own; this reads the TypeScript source as Jest does.
const PARENT = `
  const { transformFileSync } = require('@swc/core');
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
  require.extensions['.ts'] = (module, file) =>
    module._compile(transformFileSync(file, { jsc, module: { type: 'commonjs' } }).code, file);
  const { startServerProcess } = require(process.argv[1]);
  startServerProcess('/bin/sleep', ['60'], 2).then(({ pid }) => {
    console.log(pid);
    if (process.argv[2] === 'throw') throw new Error('a mistake of ours');
  });
`;
const source = path.join(__dirname, '../../src/temporal-server/server-process.ts');

test.each(['SIGKILL', 'SIGINT', 'throw'] as const)('the server ends with its parent: %s', async (how) => {
  const parent = spawn(process.execPath, ['-e', PARENT, source, how], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(parent, 'exit');
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString('utf8'));
  if (how !== 'throw') {
    expect(isRunning(pid)).toBe(true);
    parent.kill(how);
  }
  await exited;
  for (let looks = 0; looks < 40 && isRunning(pid); looks += 1) await delay(50);
  expect(isRunning(pid)).toBe(false);
});
