import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network between a client and a server that can fail: the client is given its address. */
export interface BreakableLink {
  readonly address: string;
  /** Refuses connections, and ends those that are open. */
  cut(): Promise<void>;
  /** Takes what is sent and passes nothing on: an answer never comes. */
  stall(): void;
  /** Has anything been sent since? */
  hasSwallowed(): boolean;
  /** As new, at the same address. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function breakableLink(to: string): Promise<BreakableLink> {
  const [host = '', port = ''] = to.split(':');
  const sockets = new Set<Socket>();
  let isStalled = false;
  let swallowed = 0;
  const server: Server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        if (isStalled) swallowed += chunk.length;
        else into.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        into.destroy();
      });
    }
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  };
  const cut = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  const mine = await listen(0);
  return {
    address: `127.0.0.1:${String(mine)}`,
    cut,
    stall() {
      isStalled = true;
      swallowed = 0;
    },
    hasSwallowed: () => swallowed > 0,
    async mend() {
      isStalled = false;
      if (!server.listening) await listen(mine);
    },
    close: cut,
  };
}
