import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '../../scripts/prepare-examples.js');

/** How an example is run, or why it cannot be, a clause. */
export type Example = { command: [string, ...string[]]; env: Record<string, string> } | { why: string };

/** By language. Known at once, because Jest must know what to skip at once. */
export function examples(): [string, Example][] {
  const list = execFileSync(process.execPath, [SCRIPT, '--list'], { encoding: 'utf8' });
  return Object.entries(JSON.parse(list) as Record<string, Example>);
}

export interface ExampleRun {
  /** Or the signal that ended it. */
  code: number | string | null;
  stdout: string;
  stderr: string;
}

export async function runExample(
  example: Example,
  args: readonly string[],
  env: Record<string, string>,
): Promise<ExampleRun> {
  if ('why' in example) throw new Error(example.why);
  const [program, ...given] = example.command;
  const child = spawn(program, [...given, ...args], {
    env: { ...process.env, ...env, ...example.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  return { code, stdout, stderr };
}
