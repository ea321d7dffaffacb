import type { ServerPorts } from './choose-ports';
import { runBounded } from './run-bounded';
import type { SearchAttributes } from './search-attribute-type';

/** What decides the command line of `temporal server start-dev`. Ports are real here, never 0. */
export interface StartDevArgs {
  ports: ServerPorts;
  dbFile: string | null;
  namespace: string;
  /** More of them, made beside it. */
  otherNamespaces?: readonly string[] | undefined;
  searchAttributes: SearchAttributes;
  dynamicConfig: Readonly<Record<string, unknown>>;
  /** Does this CLI know `--ui-disable-news-fetch`? 1.8 does, older ones refuse to start with it. */
  knowsNewsFlag: boolean;
}

/**
 * A worker that has just completed a workflow task gets the activities of its own queue with the answer, instead of through the
 * queue: two writes less for each. Servers from 1.32 on do so by default (https://github.com/temporalio/temporal/pull/10651).
 */
const EAGER_ACTIVITIES = { 'system.enableActivityEagerExecution': true };

export function startDevArgs(args: StartDevArgs): string[] {
  const { ports, dbFile, namespace } = args;
  const each = (flag: string, entries: [string, unknown][]) =>
    entries.flatMap(([key, value]) => [flag, `${key}=${String(value)}`]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${ports.frontend}`, '--log-level', 'warn'],
    ...['--http-port', `${ports.http}`, '--metrics-port', `${ports.metrics}`],
    ...(ports.ui === null ? ['--headless'] : ['--ui-port', `${ports.ui}`]),
    // The UI would ask newsfeed.temporal.io from the user's browser.
    ...(ports.ui !== null && args.knowsNewsFlag ? ['--ui-disable-news-fetch'] : []),
    ...[namespace, ...(args.otherNamespaces ?? [])]
      .filter((name) => name !== 'default')
      .flatMap((name) => ['--namespace', name]),
    ...(dbFile === null ? [] : ['--db-filename', dbFile]),
    // Twice the workflow starts per second of SQLite's defaults. A killed process loses nothing; a power cut may
    // lose the last moments, which is why this is for one machine and not for production.
    ...(dbFile === null
      ? []
      : ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal']),
    ...each('--search-attribute', Object.entries(args.searchAttributes)),
    ...each(
      '--dynamic-config-value',
      Object.entries({ ...EAGER_ACTIVITIES, ...args.dynamicConfig }).map(([key, value]) => [
        key,
        JSON.stringify(value),
      ]),
    ),
  ];
}

export async function knowsNewsFlag(cli: string): Promise<boolean> {
  const help = await runBounded(cli, ['server', 'start-dev', '--help'], { timeoutMs: 10_000 });
  return help.output.includes('--ui-disable-news-fetch');
}
