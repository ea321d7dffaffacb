import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One that protects nothing. */
export const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export interface ReceivedPost {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Somebody's service that wants to be called back. */
export interface CallbackReceiver {
  readonly origin: string;
  readonly posts: readonly ReceivedPost[];
  /** The status of each answer to come, in order; 204 when there are no more. */
  answerWith(...statuses: number[]): void;
  close(): void;
}

export async function receiveCallbacks(): Promise<CallbackReceiver> {
  const posts: ReceivedPost[] = [];
  const statuses: number[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      posts.push({ path: url, headers, body: Buffer.concat(chunks).toString() });
      const status = statuses.shift() ?? 204;
      response.writeHead(status, { location: '/elsewhere', 'retry-after': '1' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    posts,
    answerWith: (...more) => void statuses.push(...more),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
