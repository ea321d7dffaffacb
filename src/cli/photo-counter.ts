import { clearLine, cursorTo } from 'node:readline';

const BAR_WIDTH = 24;

/** A bar that counts photos, or what else there is many of, in a terminal; nothing anywhere else. */
export function photoCounter(stream: NodeJS.WriteStream, total: number, of = 'photos') {
  const clear = () => {
    if (!stream.isTTY) return;
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  return {
    show(done: number) {
      clear();
      const filled = Math.round((done / Math.max(total, 1)) * BAR_WIDTH);
      if (stream.isTTY)
        stream.write(`${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}  ${done}/${total} ${of}`);
    },
    clear,
  };
}
