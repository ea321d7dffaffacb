import { spawn } from 'node:child_process';
import { endWithParent, killGroup } from './end-with-parent';

/** `output` is the end of stdout and stderr together, at most 4,000 characters, trimmed. */
export interface BoundedRun {
  ok: boolean;
  output: string;
}

/**
 * Runs a program without a shell, and ends it with everything that it started at the time limit or on abort.
 * Never rejects for what the program does; rejects with the signal's reason when aborted.
 */
export async function runBounded(
  command: string,
  args: readonly string[],
  limits: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<BoundedRun> {
  const { timeoutMs, signal } = limits;
  signal?.throwIfAborted();
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-4_000));
  // A group of its own: pip and the SDK start processes that would go on after only their parent was killed.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const killAll = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  endWithParent(child);
  signal?.addEventListener('abort', killAll);
  const timer = setTimeout(() => {
    keep(Buffer.from(`\nstopped after ${timeoutMs / 1_000} s`));
    killAll();
  }, timeoutMs);
  try {
    const ok = await new Promise<boolean>((resolve) => {
      child.once('error', (error) => {
        keep(Buffer.from(error.message));
        resolve(false);
      });
      // Not 'exit': the last lines, which say what went wrong, may still be in the pipe then.
      child.once('close', (code) => resolve(code === 0));
    });
    signal?.throwIfAborted();
    return { ok, output: output.trim() };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', killAll);
  }
}

/** The last line that says something, short enough for a list of reasons: its beginning, and its end with the cause. */
export function lastLine(output: string): string {
  const line = output.split('\n').findLast((text) => text.trim() !== '') ?? 'it said nothing';
  const text = line.trim();
  return text.length <= 260 ? text : `${text.slice(0, 120)} … ${text.slice(-130)}`;
}
