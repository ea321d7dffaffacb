import { clearScreenDown, moveCursor } from 'node:readline';
import type { BatchStatus } from '../contract/batch';
import { batchBar } from './batch-bar';
import { fitLine } from './fit-line';

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
      const line = stream.isTTY ? fitLine(status.line, stream.columns) : status.line;
      stream.write(stream.isTTY ? `${batchBar(status)}\n${line}\n` : `${line}\n`);
      isDrawn = stream.isTTY;
    },
    /** What is written next stands below. */
    release() {
      isDrawn = false;
    },
  };
}
