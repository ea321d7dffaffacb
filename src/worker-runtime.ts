import { DefaultLogger, Runtime, type LogEntry, type LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';
import { logLines } from './log-lines';

/**
 * Settings of the process, not of one worker; must come before any connection. Signals stay ours, because the process
 * has more to close than workers, and in an order.
 *
 * @param sdkMetrics where the SDK's own metrics are to be had, HOST:PORT
 */
export function installRuntime(write: (line: string) => void, sdkMetrics: string | null = null): void {
  const log = logLines(write);
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', (entry) => logTo(log, entry)),
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
      ...(sdkMetrics !== null && { metrics: { prometheus: { bindAddress: sdkMetrics } } }),
    },
  });
}

const LEVELS: Record<LogLevel, 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Ids of workflows and activities are pseudonyms; requests and answers are never logged. */
function logTo(log: Logger, { level, message, meta }: LogEntry): void {
  const { error, ...context } = meta ?? {};
  log[LEVELS[level]]({ ...plain(context), ...(error !== undefined && { error: textOf(error) }) }, message);
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
