import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../error-facts';

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

/** Listens on 127.0.0.1 for a moment; 0 means any free port. Returns the port that it was. */
async function bindOnce(port: number): Promise<number> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return bound;
}

/** Different ports of 127.0.0.1 that were free just now. Another program may still take one: use them soon. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await bindOnce(0));
  return [...ports];
}

export async function freePort(): Promise<number> {
  return bindOnce(0);
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
