/** What a script may rely on; listed in the README. */
export const EXIT = {
  done: 0,
  trainingFailed: 1,
  badInput: 2,
  noTemporal: 3,
  needsDecision: 4,
  stopped: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
