import { spawn } from 'node:child_process';
import path from 'node:path';

export const MAIN = path.join(__dirname, '../../dist/cli/main.js');

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Variables of the surroundings that would lead a command to another server or provider than the test means. */
const CLEAN: Record<string, undefined> = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(TEMPORAL_|DARKROOM_|APIFRAME_|TRYITON_)/.test(name))
    .map((name) => [name, undefined]),
);

/** Runs the built command line as a user's shell would, without a terminal. */
export function runCli(
  args: readonly string[],
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...CLEAN, ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const run = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...run }));
  });
}
