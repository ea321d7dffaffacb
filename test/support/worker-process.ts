import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './until';

const MAIN = path.join(__dirname, '../../dist/cli/main.js');

/** A worker in a process of its own, so that it can be killed like a pod or a laptop. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** The JSON lines of its log so far. */
  readonly lines: Record<string, unknown>[];
  untilSaid(start: string): Promise<void>;
  /** Waits for log lines with this message, and gives as many as there are by then. */
  untilLogged(message: string, count: number): Promise<Record<string, unknown>[]>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

/** @param fault `point:action[:ms]`, see arm-fault.js: how this process is to fail */
export function spawnWorker(env: Record<string, string>, fault: string | null = null): WorkerProcess {
  const armed = fault === null ? [] : ['-r', path.join(__dirname, 'arm-fault.js')];
  const child = spawn(process.execPath, [...armed, MAIN, 'worker'], {
    env: { ...process.env, ...env, ...(fault !== null && { TEST_FAULT: fault }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: Record<string, unknown>[] = [];
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('{')) lines.push(JSON.parse(line) as Record<string, unknown>);
    else said.push(line);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const logged = (message: string) => lines.filter((line) => line['message'] === message);
  return {
    pid: child.pid,
    lines,
    untilSaid: (start) =>
      until(`the worker says "${start}"`, () =>
        said.some((line) => line.startsWith(start)) ? undefined : null,
      ),
    untilLogged: (message, count) =>
      until(`${String(count)} times "${message}"`, () =>
        logged(message).length >= count ? logged(message) : null,
      ),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
