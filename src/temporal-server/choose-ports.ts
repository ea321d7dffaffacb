import { assertPortFree, freePorts } from './free-port';

/** What the server listens on, all on 127.0.0.1; `ui` is null when headless. */
export interface ServerPorts {
  frontend: number;
  http: number;
  metrics: number;
  ui: number | null;
}

/**
 * Checks the ports that were asked for, and finds a free one for each that is 0 and for those that nobody chooses.
 *
 * @throws PortInUseError
 */
export async function choosePorts(asked: {
  port: number;
  uiPort: number;
  httpPort?: number | undefined;
  headless: boolean;
}): Promise<ServerPorts> {
  const { port, uiPort, httpPort = 0, headless } = asked;
  if (port !== 0) await assertPortFree(port, '--port');
  if (uiPort !== 0 && !headless) await assertPortFree(uiPort, '--ui-port');
  if (httpPort !== 0) await assertPortFree(httpPort, '--http-port');
  // Three more than needed: the system may hand out the very ports that were asked for.
  const free = (await freePorts(7)).filter((candidate) => ![port, uiPort, httpPort].includes(candidate));
  const [first = 0, second = 0, third = 0, metrics = 0] = free;
  return {
    frontend: port || first,
    ui: headless ? null : uiPort || second,
    http: httpPort || third,
    metrics,
  };
}
