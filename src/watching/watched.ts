/** One training that waits, and what the watcher has told it. Instants are Unix milliseconds. */
export interface Watched {
  /** The workflow. */
  readonly id: string;
  /** Its training at the provider. */
  readonly trainingId: string;
  /** When it began to wait. */
  readonly sinceMs: number;
  /** When it was last seen running; at first when it began to wait. */
  runningAtMs: number;
  /** Not worth a glance before. */
  dueAtMs: number;
  /** A call for it and others has failed. */
  isAskedAlone: boolean;
  /** The last percentage that it was told, and when; at first none, when it began to wait. */
  toldPercent: number;
  toldAtMs: number;
  /** How often in a row it was nudged because the training has ended, and when last. */
  nudges: number;
  nudgedAtMs: number;
}

export function newlyWatched(id: string, trainingId: string, sinceMs: number): Watched {
  return {
    id,
    trainingId,
    sinceMs,
    runningAtMs: sinceMs,
    dueAtMs: 0,
    isAskedAlone: false,
    toldPercent: 0,
    toldAtMs: sinceMs,
    nudges: 0,
    nudgedAtMs: 0,
  };
}
