import pino, { type Logger } from 'pino';

/**
 * A log of one JSON object a line: `time`, `level`, `message`, and what belongs to it. Each line is written at once, because the last
 * ones before a crash are those one wants to read.
 */
export function logLines(write: (line: string) => void): Logger {
  return pino(
    {
      base: null, // whoever collects logs knows the machine, and the process
      level: 'info',
      messageKey: 'message',
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level: level.toUpperCase() }) },
    },
    { write: (line) => write(line.trimEnd()) },
  );
}
