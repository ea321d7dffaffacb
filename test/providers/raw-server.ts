import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';

/** A server below HTTP, so that a test decides about every byte and every reset, and counts what arrived. */
export interface RawServer {
  readonly url: string;
  /** TCP connections accepted so far. */
  connections(): number;
  /** Whole requests received so far, head and body as they came. */
  readonly requests: readonly string[];
  /** Ends when every connection accepted so far is closed. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

type OnRequest = (socket: Socket, request: string) => void;

/** Calls `onRequest` when a whole request has come in. */
export function rawServer(onRequest: OnRequest): Promise<RawServer> {
  return listen(net.createServer(), 'http', 'connection', readRequests(onRequest));
}

/** Hands each connection over as it is accepted; nothing of it is read, so no byte of a request leaves the kernel. */
export function deafServer(onConnection: (socket: Socket) => void): Promise<RawServer> {
  return listen(net.createServer({ pauseOnConnect: true }), 'http', 'connection', () => onConnection);
}

/** Speaks no TLS where TLS is expected. */
export function plainServerUnderHttps(onConnection: (socket: Socket) => void): Promise<RawServer> {
  return listen(net.createServer(), 'https', 'connection', () => onConnection);
}

export function tlsServer(identity: tls.TlsOptions, onRequest: OnRequest): Promise<RawServer> {
  return listen(tls.createServer(identity), 'https', 'secureConnection', readRequests(onRequest));
}

function readRequests(onRequest: OnRequest) {
  return (requests: string[]) => (socket: Socket) => {
    let received = '';
    socket.setEncoding('latin1').on('data', (bytes: string) => {
      received += bytes;
      const bodyAt = received.indexOf('\r\n\r\n') + 4;
      if (bodyAt < 4) return;
      const length = Number(/content-length: (\d+)/i.exec(received.slice(0, bodyAt))?.[1] ?? 0);
      if (received.length < bodyAt + length) return;
      requests.push(received);
      onRequest(socket, received);
      received = '';
    });
  };
}

async function listen(
  server: net.Server,
  scheme: string,
  ready: 'connection' | 'secureConnection',
  handle: (requests: string[]) => (socket: Socket) => void,
): Promise<RawServer> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined); // resets are what these servers are for
  });
  server.on('tlsClientError', () => undefined);
  const onReady = handle(requests);
  server.on(ready, (socket: Socket) => {
    socket.on('error', () => undefined);
    onReady(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${String(port)}`,
    connections: () => sockets.length,
    requests,
    async allClosed() {
      await Promise.all(sockets.map(closed));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function closed(socket: Socket): Promise<void> {
  return socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()));
}

/** A whole HTTP/1.1 answer as it stands on the wire. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const length = String(Buffer.byteLength(body));
  return `HTTP/1.1 ${String(status)} Words\r\n${lines.join('')}content-length: ${length}\r\n\r\n${body}`;
}
