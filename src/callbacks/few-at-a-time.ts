/** Together, of the slots that submissions and polls need as well. */
const MOST = 5;
/** One endpoint that hangs must not hold up those that do not. */
const MOST_OF_A_HOST = 2;

/** Lets a few run at a time, and of each host fewer. Null where it is nobody's turn right now. */
export function fewAtATime() {
  const running = new Map<string, number>();
  let all = 0;
  return async <T>(host: string, run: () => Promise<T>): Promise<T | null> => {
    const ofHost = running.get(host) ?? 0;
    if (all >= MOST || ofHost >= MOST_OF_A_HOST) return null;
    all += 1;
    running.set(host, ofHost + 1);
    try {
      return await run();
    } finally {
      all -= 1;
      const left = (running.get(host) ?? 1) - 1;
      if (left === 0) running.delete(host);
      else running.set(host, left);
    }
  };
}
