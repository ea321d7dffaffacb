import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { DevFile } from '../../src/cli/dev-file';
import { accessTo } from '../../src/temporal-connection';
import { replayAll } from './replay';
import { ANY_PICTURE } from './any-picture';
import { MAIN } from './run-cli';
import { until } from './until';

/** A running `darkroom dev`. */
export interface DevProcess {
  readonly readyLine: string;
  readonly file: DevFile;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

export async function startDev(
  home: string,
  env: Record<string, string> = {},
  args: string[] = [],
): Promise<DevProcess> {
  const child = spawn(process.execPath, [MAIN, 'dev', '--home', home, '--port', '0', ...args], {
    env: { ...process.env, ...ANY_PICTURE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let isGone = false;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve)).finally(
    () => (isGone = true),
  );
  await until('dev is ready', () => {
    if (isGone) throw new Error(`dev ended before it was ready: ${stderr}`);
    return stdout.includes('\n') ? true : null;
  });
  const file = JSON.parse(readFileSync(path.join(home, 'dev.json'), 'utf8')) as DevFile;
  const address = file.temporal;
  return {
    readyLine: stdout.trim(),
    file,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      if (!isGone) await replayTrainingsOf(address);
      child.kill('SIGINT');
      return exited;
    },
  };
}

/** As the rig does in its teardown, for the trainings that were started through the command line. */
async function replayTrainingsOf(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    const ids = new Set<string>();
    for await (const { workflowId } of client.workflow.list()) ids.add(workflowId);
    await replayAll(accessTo(address), ids);
  } finally {
    await connection.close();
  }
}
