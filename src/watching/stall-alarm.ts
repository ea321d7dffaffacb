const TICK_MS = 1000;
/** The heartbeat time-out is 10 s: after a longer sleep of this process another watcher has taken over. */
const STALLED_MS = 9000;

/** Aborts when this process was frozen for so long that it must be taken for dead: two watchers would ask everything twice. */
export function stallAlarm(): { signal: AbortSignal; stop: () => void } {
  const alarm = new AbortController();
  let lastMs = Date.now();
  const timer = setInterval(() => {
    const nowMs = Date.now();
    if (nowMs - lastMs > STALLED_MS) alarm.abort(new Error('this process was frozen'));
    lastMs = nowMs;
  }, TICK_MS);
  return { signal: alarm.signal, stop: () => clearInterval(timer) };
}
