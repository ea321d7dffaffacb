import { PortInUseError } from './free-port';
import type { ServerProcess } from './server-process';

/** Over 20 times what a start takes on 2 idle cores. */
const READY_LIMIT_MS = 30_000;

/** The Temporal server could not be started. The message ends with the last lines of its log. */
export class TemporalServerError extends Error {
  override readonly name = 'TemporalServerError';

  /** A port was taken in the last moment, so that another try may do. */
  readonly isPortTaken: boolean;

  constructor(message: string, { isPortTaken }: { isPortTaken: boolean }) {
    super(message);
    this.isPortTaken = isPortTaken;
  }
}

/** What was seen from outside; `whyNotReady` adds what the log says. */
export class NotReadyError extends Error {}

/**
 * Waits for `ready`, but never longer than 30 s, and not for a server that has ended.
 *
 * @throws NotReadyError, or what `ready` threw by itself
 */
export async function untilReadyOrGone(
  server: ServerProcess,
  ready: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort(new NotReadyError(`The Temporal server did not answer within ${READY_LIMIT_MS / 1_000} s.`));
  }, READY_LIMIT_MS);
  void server.exited.then(({ code, signal }) => {
    stop.abort(
      new NotReadyError(
        `The Temporal server ended before it was ready (${signal ?? `exit code ${code ?? '?'}`}).`,
      ),
    );
  });
  try {
    await ready(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The error for a person: the port that another program took in the last moment, or else the log's last lines. */
export function whyNotReady(what: string, logFile: string, lastLines: string): Error {
  const taken = /can't set (frontend|UI) port (\d+):.*address already in use/.exec(lastLines);
  if (taken) return new PortInUseError(Number(taken[2]), taken[1] === 'UI' ? '--ui-port' : '--port');
  return new TemporalServerError(`${what} The last lines of ${logFile}:\n${lastLines.replace(/^/gm, '  ')}`, {
    isPortTaken: lastLines.includes('address already in use'),
  });
}
