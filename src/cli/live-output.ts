import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { fitLine } from './fit-line';
import { progressLines, type Moment } from './progress-lines';

/** Where the progress of a training goes. */
export interface LiveOutput {
  show(moment: Moment): void;
  say(line: string): void;
}

/** Bars that redraw themselves in a terminal; anywhere else plain lines without control codes, one a change. */
export function liveOutput(stream: NodeJS.WriteStream): LiveOutput {
  return stream.isTTY ? redrawing(stream) : plainLines(stream);
}

function redrawing(stream: WriteStream): LiveOutput {
  let drawn = 0;
  const wipe = () => {
    if (drawn > 0) moveCursor(stream, 0, -drawn);
    clearScreenDown(stream);
    drawn = 0;
  };
  return {
    show(moment) {
      wipe();
      const lines = progressLines(moment).map((line) => fitLine(line, stream.columns));
      stream.write(lines.map((line) => `${line}\n`).join(''));
      drawn = lines.length;
    },
    say(line) {
      wipe();
      stream.write(`${line}\n`);
    },
  };
}

function plainLines(stream: NodeJS.WriteStream): LiveOutput {
  let last = '';
  return {
    show({ status }) {
      const line = `${status.state}: ${status.line}`;
      // The clock time of the next look changes at every poll; a log of a day should not be a thousand lines.
      const gist = `${status.state} ${status.percent ?? ''} ${status.failedPollsInARow} ${status.photosDone ?? ''}`;
      if (gist !== last) stream.write(`${line}\n`);
      last = gist;
    },
    say(line) {
      stream.write(`${line}\n`);
    },
  };
}
