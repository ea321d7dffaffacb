import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Network } from '../../src/net/network';
import { photoHostIdentity } from './photo-host-identity';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A host of photos on the internet, as far as a worker can tell. */
export interface PhotoHost {
  readonly port: number;
  /** What is answered at each path; nothing else is there. */
  readonly answers: Map<string, Answer>;
  /** `host path` of each request. */
  readonly requests: string[];
  /** Connections that were made, whether or not anything was asked over them. */
  connections(): number;
  /** Every name leads here, unless `resolve` says otherwise; the address of this server counts as one of the internet. */
  network(resolve?: Network['resolve']): Network;
  close(): Promise<void>;
}

/** What a real resolver could have answered for this server. */
export const HERE = '127.0.0.1';

export async function startPhotoHost(): Promise<PhotoHost> {
  const identity = photoHostIdentity();
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  let connections = 0;
  const server = createServer(identity, (request, response) => {
    requests.push(`${request.headers.host?.split(':')[0] ?? ''} ${request.url ?? ''}`);
    const answer = answers.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, request);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, HERE);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    answers,
    requests,
    connections: () => connections,
    network: (resolve = () => Promise.resolve([HERE])) => ({
      resolve,
      isPermitted: (address) => address === HERE,
      authority: identity.cert,
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const bytes =
  (body: Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'image/jpeg', ...headers }).end(body);

export const redirect =
  (location: string, status = 302): Answer =>
  (response) =>
    response.writeHead(status, { location }).end();
