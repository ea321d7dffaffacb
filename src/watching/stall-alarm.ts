const TICK_MS = 1000;
/** The heartbeat time-out is 10 s, and the last beat that arrived may be 5 s old: after this sleep another watcher may have taken over. */
const STALLED_MS = 5000;

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
