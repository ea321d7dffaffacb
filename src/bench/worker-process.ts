import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../config';

/** A worker in a process of its own, which can be killed and whose memory can be read. Resolves when it takes work. */
export function startWorkerProcess(home: string, env: Record<string, string>): Promise<ChildProcess> {
  const main = path.join(__dirname, '../cli/main.js');
  return ready(spawnNode([main, 'worker', '--home', home], env), 'Worker ready');
}

/** Nothing of the surroundings but the PATH, or a variable of a person's shell would lead it elsewhere. */
export function spawnNode(args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    env: { PATH: readConfig().temporal.searchPath, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Resolves at the line on stderr that begins so; throws if the process ends before it. */
export function ready(child: ChildProcess, line: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a process ended (${code}) before it was ready`)));
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (text) => {
      if (text.startsWith(line)) resolve(child);
    });
  });
}

/** SIGKILL, and until it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
