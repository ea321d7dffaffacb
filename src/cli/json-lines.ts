/** A log of one JSON object a line, as workers write theirs. */
export function jsonLines(
  write: (line: string) => void,
): (message: string, facts: Record<string, unknown>) => void {
  return (message, facts) =>
    write(JSON.stringify({ time: new Date().toISOString(), level: 'INFO', message, ...facts }));
}
