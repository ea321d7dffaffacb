/**
 * Closes a `switch` over a union: a new member that is not handled no longer compiles. In workflow code this must
 * not be reached at run time, because a plain `Error` there makes the task retry for ever.
 */
export function assertNever(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}
