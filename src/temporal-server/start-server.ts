import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { choosePorts } from './choose-ports';
import type { ServerPorts } from './choose-ports';
import { PortInUseError } from './free-port';
import { openServerLog } from './server-log';
import { startServerProcess } from './server-process';
import type { ServerProcess } from './server-process';
import type { SearchAttributes } from './search-attribute-type';
import { knowsNewsFlag, startDevArgs } from './start-dev-args';
import { waitUntilReady } from './wait-until-ready';
import { NotReadyError, TemporalServerError, untilReadyOrGone, whyNotReady } from './why-not-ready';

/** Each try draws new ports for all that are not asked for, the server's inner ones included. */
const TRIES = 3;

export interface TemporalServerOptions {
  /** Path of a Temporal CLI, from `resolveTemporalCli`. */
  cli: string;
  /** Port of the gRPC frontend on 127.0.0.1; 0 = any free one. */
  port: number;
  /** Port of the web UI on 127.0.0.1; 0 = any free one. */
  uiPort: number;
  /** Port of Temporal's own HTTP API on 127.0.0.1; any free one without it. */
  httpPort?: number | undefined;
  /** SQLite file that keeps everything over a restart; null = in memory. */
  dbFile: string | null;
  /** Gets the server's output, appended. */
  logFile: string;
  /** Made beside `default` if it is another one. */
  namespace?: string | undefined;
  /** More of them, with the same search attributes. */
  otherNamespaces?: readonly string[] | undefined;
  searchAttributes: SearchAttributes;
  /** Values are written as JSON, such as `{ 'limit.maxIDLength': 255 }`. */
  dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Without the web UI. */
  headless?: boolean | undefined;
}

/** A server of our own; `kill()` is a crash, `stop()` is not. */
export interface TemporalServer extends ServerProcess {
  /** `127.0.0.1:port`, as `TEMPORAL_ADDRESS` wants it. */
  address: string;
  /** Of Temporal's own HTTP API. */
  httpUrl: string;
  /** In Prometheus' format. */
  metricsUrl: string;
  /** null when headless. */
  uiUrl: string | null;
}

/**
 * Starts Temporal's development server, and resolves when it answers for the namespace and knows the search attributes,
 * after about 1 s. It ends with this process, even if that is killed.
 *
 * @throws PortInUseError when `port`, `uiPort` or `httpPort` is taken
 * @throws TemporalServerError when it ends early, or does not answer within 30 s
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
  tries = TRIES,
): Promise<TemporalServer> {
  try {
    return await startOnce(options);
  } catch (error) {
    if (tries > 1 && isWorthAnotherTry(error, options)) return startTemporalServer(options, tries - 1);
    throw error;
  }
}

function isWorthAnotherTry(error: unknown, { port, uiPort }: TemporalServerOptions): boolean {
  if (error instanceof PortInUseError && error.flag !== '--http-port')
    return (error.flag === '--port' ? port : uiPort) === 0;
  return error instanceof TemporalServerError && error.isPortTaken;
}

async function startOnce(options: TemporalServerOptions): Promise<TemporalServer> {
  const { cli, dbFile, logFile, namespace = 'default', searchAttributes, dynamicConfig = {} } = options;
  const ports = await choosePorts({ ...options, headless: options.headless ?? false });
  if (dbFile !== null) await mkdir(path.dirname(path.resolve(dbFile)), { recursive: true });
  const log = await openServerLog(logFile);
  const args = {
    ports,
    dbFile,
    namespace,
    otherNamespaces: options.otherNamespaces,
    searchAttributes,
    dynamicConfig,
    knowsNewsFlag: await knowsNewsFlag(cli),
  };
  const server = await startServerProcess(cli, startDevArgs(args), log.fd).finally(log.close);
  const ready = (signal: AbortSignal) => waitUntilReady(ports.frontend, namespace, searchAttributes, signal);
  try {
    await untilReadyOrGone(server, ready);
  } catch (error) {
    await server.kill();
    throw error instanceof NotReadyError ? whyNotReady(error.message, logFile, await log.tail()) : error;
  }
  return { ...server, ...addressesOf(ports) };
}

function addressesOf(
  ports: ServerPorts,
): Pick<TemporalServer, 'address' | 'httpUrl' | 'metricsUrl' | 'uiUrl'> {
  return {
    address: `127.0.0.1:${ports.frontend}`,
    httpUrl: `http://127.0.0.1:${ports.http}`,
    metricsUrl: `http://127.0.0.1:${ports.metrics}/metrics`,
    uiUrl: ports.ui === null ? null : `http://127.0.0.1:${ports.ui}`,
  };
}
