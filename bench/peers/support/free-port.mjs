import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux hands to outgoing connections, or a busy run could take the port of a worker that is started again. */
const FREE_FROM = 20_000;
const FREE_TO = 32_000;

/** A port of 127.0.0.1 that was free just now. */
export async function freePort() {
  for (;;) {
    const port = randomInt(FREE_FROM, FREE_TO);
    const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
