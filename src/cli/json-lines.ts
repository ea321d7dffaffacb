import { logLines } from '../log-lines';

/** What the gateway says, as workers say theirs. */
export function jsonLines(
  write: (line: string) => void,
): (message: string, facts: Record<string, unknown>) => void {
  const log = logLines(write);
  return (message, facts) => log.info(facts, message);
}
