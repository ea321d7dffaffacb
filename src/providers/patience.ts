/** For an answer that something depends on. */
export const READ_TIMEOUT_MS = 20_000;
/** For a glance, which is repeated anyway: a call that hangs holds up the sweep, and with it all others that wait. */
export const GLANCE_TIMEOUT_MS = 10_000;
