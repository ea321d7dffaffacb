import { clearScreenDown, moveCursor } from 'node:readline';
import type { BatchStatus } from '../contract/batch';
import { batchBar } from './batch-bar';

/** A bar that redraws itself in a terminal; anywhere else a plain line a change. */
export function batchOutput(stream: NodeJS.WriteStream) {
  let last = '';
  let isDrawn = false;
  const wipe = () => {
    if (isDrawn) moveCursor(stream, 0, -2);
    if (stream.isTTY) clearScreenDown(stream);
    isDrawn = false;
  };
  return {
    show(status: BatchStatus) {
      if (status.line === last) return;
      last = status.line;
      wipe();
      // A line that wraps would be counted as one, and the next redraw would leave a trail.
      const line = stream.isTTY ? status.line.slice(0, stream.columns - 1) : status.line;
      stream.write(stream.isTTY ? `${batchBar(status)}\n${line}\n` : `${line}\n`);
      isDrawn = stream.isTTY;
    },
    /** What is written next stands below. */
    release() {
      isDrawn = false;
    },
  };
}
