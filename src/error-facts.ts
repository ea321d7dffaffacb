/**
 * The `code` of a system error (`EADDRINUSE`) or a gRPC error (6), or null. Not by `instanceof`: Jest runs our code in
 * a realm of its own, where Node's own errors are not instances of our `Error`.
 */
export function errorCode(error: unknown): string | number | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : null;
}

/** Did the operating system refuse something (no such file, no space)? Node's complaints about our arguments are none. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof errorCode(error) === 'string' && 'syscall' in (error as object);
}

/** The words of whatever was thrown, for a sentence of our own. */
export function errorMessage(error: unknown): string {
  if (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
  ) {
    return error.message === '' ? String(errorCode(error) ?? 'no reason given') : error.message;
  }
  return String(error);
}
