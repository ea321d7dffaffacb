import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { endWithParent } from './end-with-parent';

/** The server needs about 1 s to stop. */
const STOP_LIMIT_MS = 10_000;

export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running child process, and the three things one may do with it. */
export interface ServerProcess {
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<ServerExit>;
  /** SIGTERM, and SIGKILL after 10 s. Resolves when it is gone; may be called again. */
  stop(): Promise<void>;
  /** SIGKILL. Resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts `command`, with its output going to the open file `logFd`. It ends with this process.
 *
 * @throws the system's error when it cannot be started at all
 */
export async function startServerProcess(
  command: string,
  args: readonly string[],
  logFd: number,
): Promise<ServerProcess> {
  // Detached (a process group of its own): Ctrl-C in a terminal goes to the whole foreground group, and the server would
  // be gone before the worker has handed in its last results. Only stop(), kill() and our own end may stop it.
  const child = spawn(command, args, { stdio: ['ignore', logFd, logFd], detached: true });
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await once(child, 'spawn');
  endWithParent(child);
  return {
    pid: child.pid ?? 0,
    exited,
    stop: () => stop(child, exited),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function stop(child: ChildProcess, exited: Promise<ServerExit>): Promise<void> {
  child.kill('SIGTERM');
  const patience = new AbortController();
  await Promise.race([exited, delay(STOP_LIMIT_MS, undefined, { signal: patience.signal })]);
  patience.abort();
  child.kill('SIGKILL');
  await exited;
}
