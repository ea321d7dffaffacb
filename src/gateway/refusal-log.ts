/** One line for many refusals: a forger must not fill the log. */
export interface RefusalLog {
  add(why: string): void;
  /** Writes what is left. */
  close(): void;
}

const EVERY_MS = 10_000;

export function refusalLog(write: (counts: Record<string, number>) => void): RefusalLog {
  const counts = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    if (counts.size > 0) write(Object.fromEntries(counts));
    counts.clear();
  };
  return {
    add(why) {
      counts.set(why, (counts.get(why) ?? 0) + 1);
      timer ??= setTimeout(flush, EVERY_MS).unref();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      flush();
    },
  };
}
