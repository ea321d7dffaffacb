import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../error-facts';

/**
 * Below what systems hand to outgoing connections (Linux from 32768, macOS and Windows from 49152). A port from up there
 * may be some connection's own end by the time our server listens, or is started again on it: seen, "address already in use".
 */
const FREE_FROM = 20_000;
const FREE_TO = 32_000;

/** Another program listens on a port that was asked for. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  /** `flag` is how the user chose the port, such as `--port`. */
  constructor(
    readonly port: number,
    readonly flag: string,
  ) {
    super(
      `Port ${port} is in use by another program, perhaps an earlier run. Stop that, or choose another port: ${flag} 0 takes any free one.`,
    );
  }
}

/** Listens on 127.0.0.1 for a moment. */
async function bindOnce(port: number): Promise<void> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** Different ports of 127.0.0.1 that were free just now. Another program may still take one: use them soon. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

export async function freePort(): Promise<number> {
  const port = randomInt(FREE_FROM, FREE_TO);
  return bindOnce(port).then(
    () => port,
    (error: unknown) => {
      if (errorCode(error) === 'EADDRINUSE') return freePort();
      throw error;
    },
  );
}

/**
 * @throws PortInUseError when something listens on this port of 127.0.0.1
 * @throws the system's error otherwise, such as EACCES for a port below 1024
 */
export async function assertPortFree(port: number, flag: string): Promise<void> {
  try {
    await bindOnce(port);
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') throw new PortInUseError(port, flag);
    throw error;
  }
}
