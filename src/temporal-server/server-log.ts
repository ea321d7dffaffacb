import { closeSync, openSync } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';

const TAIL_BYTES = 4_000;
const TAIL_LINES = 12;

/** A log file that a child process appends to, and of which we read only what this child wrote. */
export interface ServerLog {
  /** For the child's stdio; `close` it once the child has it. */
  fd: number;
  close: () => void;
  /** The last 12 lines since `openServerLog`, or a sentence that there are none. */
  tail: () => Promise<string>;
}

export async function openServerLog(file: string): Promise<ServerLog> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const fd = openSync(file, 'a');
  // An earlier run's error at the end of the same file would be taken for this one's.
  const start = (await stat(file)).size;
  return { fd, close: () => closeSync(fd), tail: () => readTail(file, start) };
}

async function readTail(file: string, start: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, size - from)), {
      position: from,
    });
    const lines = buffer.subarray(0, bytesRead).toString('utf8').trim().split('\n').slice(-TAIL_LINES);
    return lines.join('\n').trim() || '(it wrote nothing)';
  } finally {
    await handle.close();
  }
}
