import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from './interrupt.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * A process whose output is in `<name>.log` of the folder, and that never outlives this one.
 *
 * @typedef {{ child: ChildProcess, pid: number, name: string, log: string, logFrom: number }} Started
 */

/**
 * Nothing of the surroundings but the PATH, or a variable of a person's shell would change what is measured.
 *
 * @param {{
 *   name: string,
 *   command: string,
 *   args: readonly string[],
 *   folder: string,
 *   env?: Record<string, string>,
 *   user?: { uid: number, gid: number } | null,
 * }} options
 * @returns {Promise<Started>}
 */
export async function startProcess({ name, command, args, folder, env = {}, user = null }) {
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  const logFrom = fstatSync(output).size;
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
    stdio: ['ignore', output, output],
    detached: true,
    ...user,
  });
  closeSync(output);
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error(`${name} has no process id`);
  endWithUs(child, child.pid);
  return { child, pid: child.pid, name, log, logFrom };
}

/**
 * @param {Started} started
 * @param {string} text
 */
export async function waitForOutput(started, text) {
  await waitWhileRunning(started, () => outputOf(started).includes(text));
}

/**
 * Ends with the last lines of its log if it ends before, or takes too long.
 *
 * @param {Started} started
 * @param {() => boolean | Promise<boolean>} isSo
 */
export async function waitWhileRunning(started, isSo) {
  const { name } = started;
  try {
    await waitUntil(async () => hasEnded(started.child) || (await isSo()), { what: `${name} ready` });
    if (hasEnded(started.child)) throw new Error(`${name} ended before it was ready`);
  } catch (error) {
    const tail = outputOf(started).trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tail}`);
  }
}

/** @param {Started} started */
function outputOf({ log, logFrom }) {
  return readFileSync(log).subarray(logFrom).toString();
}

/**
 * Asked to end, and after the patience made to.
 *
 * @param {Started} started
 * @param {NodeJS.Signals} signal
 */
export async function endProcess({ child }, signal = 'SIGTERM', patienceMs = 15_000) {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const inTime = new AbortController();
  const late = delay(patienceMs, 'late', { signal: inTime.signal }).catch(() => 'in time');
  if ((await Promise.race([gone, late])) === 'late') killGroup(child.pid);
  inTime.abort();
  await gone;
}

/** @param {Started} started */
export async function killProcess({ child }) {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  killGroup(child.pid);
  await gone;
}

/** @param {ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * On an exit at once; after a SIGKILL by a small shell that waits for the other end of its pipe to close.
 *
 * @param {ChildProcess} child
 * @param {number} pid
 */
function endWithUs(child, pid) {
  const killNow = () => killGroup(pid);
  process.once('exit', killNow);
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "-$0"', `${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  child.once('exit', () => {
    process.removeListener('exit', killNow);
    watcher.kill('SIGKILL'); // before the id can belong to another process
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
