import { photoCounter } from './photo-counter';

const LINE_EVERY_MS = 10_000;

/** How far a long manifest is: a bar in a terminal, a line every ten seconds anywhere else. */
export function rowCounter(stream: NodeJS.WriteStream, total: number, what: string) {
  const bar = photoCounter(stream, total, 'rows');
  let saidAtMs = Date.now();
  return {
    show(done: number) {
      bar.show(done);
      if (stream.isTTY || Date.now() - saidAtMs < LINE_EVERY_MS) return;
      saidAtMs = Date.now();
      stream.write(`${done} of ${total} rows ${what}\n`);
    },
    clear: bar.clear,
  };
}
