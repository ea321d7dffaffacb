import { preferSmallHeap } from './small-heap';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';

/**
 * Settings of the process, not of one worker; must come before any connection. Signals stay ours, because the process
 * has more to close than workers, and in an order.
 */
export function installRuntime(write: (line: string) => void): void {
  preferSmallHeap(); // before the heap of the workflows is made, which takes it over
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', (entry) => write(logLine(entry))),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} } },
  });
}

/** One JSON object a line. Ids of workflows and activities are pseudonyms; requests and answers are never logged. */
function logLine({ level, message, timestampNanos, meta }: LogEntry): string {
  const { error, ...context } = meta ?? {};
  const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  const shown = {
    time,
    level,
    message,
    ...plain(context),
    ...(error !== undefined && { error: textOf(error) }),
  };
  return JSON.stringify(shown);
}

/** Only plain values: the SDK hands whole contexts along. */
function plain(meta: Record<string | symbol, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
}
