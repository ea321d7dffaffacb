/**
 * A service that trains a model for each order, and hears of the end instead of asking for it: `service [PORT]`
 *
 * POST /orders/ID with a training request starts the training · GET /orders/ID says how it goes · POST /trained is for Darkroom
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, IdTakenError, TrainingNotFoundError, type TrainResult } from 'darkroom';
import { CallbackSignatureError, verifyCallback } from 'darkroom/callbacks';
import { trainRequestSchema } from 'darkroom/contract';

/** The one that workers sign with, as DARKROOM_CALLBACK_SECRETS has it. */
const secret = process.env['CALLBACK_SECRET'] ?? '';
const darkroom = await connect();
/** In the place of the service's own database. A callback may come twice: what is written twice under one id is written once. */
const results = new Map<string, TrainResult>();

const server = createServer((request, response) => {
  answer(request).then(
    ([status, body]) => send(response, status, body),
    (error: unknown) => send(response, ...problemOf(error)),
  );
});

async function answer(request: IncomingMessage): Promise<[number, unknown]> {
  const path = new URL(request.url ?? '/', origin()).pathname;
  if (request.method === 'POST' && path === '/trained') return trained(request);
  const id = /^\/orders\/([\w.-]{1,100})$/.exec(path)?.[1];
  if (id === undefined) return [404, { error: 'there is no such thing here' }];
  if (request.method === 'POST') return start(id, await bodyOf(request));
  return [200, results.get(id) ?? (await darkroom.status(id))];
}

/** The order's number is the idempotency key: an order that is sent twice is trained and paid for once. */
async function start(id: string, body: Buffer): Promise<[number, unknown]> {
  const request = trainRequestSchema.safeParse(JSON.parse(body.toString()));
  if (!request.success) return [400, { error: request.error.issues }];
  const callback = { url: `${origin()}/trained` };
  return [202, await darkroom.train({ ...request.data, callback }, { id })];
}

/** Whatever is not signed is from somebody else. Quick: what takes long belongs behind the answer. */
async function trained(request: IncomingMessage): Promise<[number, unknown]> {
  const { callback } = verifyCallback({ headers: request.headers, body: await bodyOf(request) }, secret);
  if (callback.type === 'training.needs-decision')
    console.error(`a person must decide: ${callback.data.line}`);
  else results.set(callback.data.id, callback.data);
  return [204, null];
}

function problemOf(error: unknown): [number, unknown] {
  if (error instanceof CallbackSignatureError || error instanceof SyntaxError)
    return [400, { error: error.message }];
  if (error instanceof TrainingNotFoundError) return [404, { error: error.message }];
  if (error instanceof IdTakenError) return [409, { error: error.message }];
  console.error(error);
  return [500, { error: 'something is wrong here' }];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > 1_000_000) throw new SyntaxError('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === null ? undefined : JSON.stringify(body));
}

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

server.listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
await once(server, 'listening');
console.log(`listening on ${origin()}`);
process.once('SIGTERM', () => {
  server.close();
  void darkroom.close().then(() => process.exit(0));
});
