const STOPPED: readonly string[] = ['FAILED', 'TERMINATED', 'TIMED_OUT'];

/** Whether a workflow ended otherwise than by itself. To a query it would answer for ever with how it was then. */
export function isStopped({ name }: { name: string }): boolean {
  return STOPPED.includes(name);
}
