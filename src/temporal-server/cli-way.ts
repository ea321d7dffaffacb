/** What every way of finding the CLI may need. Paths are absolute; `searchPath` has the form of PATH. */
export interface CliSearch {
  /** DARKROOM_TEMPORAL_CLI. */
  cliPath: string | null;
  /** PATH. */
  searchPath: string;
  /** A folder of this user alone; made when needed. */
  cacheDir: string;
  /** Gets one line for a person, for each thing that takes time or that they should know. */
  onStep: (line: string) => void;
  signal?: AbortSignal | undefined;
}

export type CliSource = 'configured' | 'path' | 'cache' | 'sdk-download' | 'pypi';

/** A reason is a clause without a full stop; it ends up in the error that lists every way. */
export type WayResult = { path: string } | { reason: string };

/**
 * One way of finding the CLI. `find` answers with a reason where the way is not open here, and throws only
 * where going on would hide a mistake (a configured path that is wrong) or when it was aborted.
 */
export interface CliWay {
  source: CliSource;
  title: string;
  find: (search: CliSearch) => Promise<WayResult>;
}
