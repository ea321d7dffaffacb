import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Settings } from '../../src/storage/s3-settings';

/** What happens to one PUT. */
export type PutFate =
  | 'honest'
  /** Stored, and the connection is cut before the answer. */
  | 'stored-then-cut'
  /** The connection is cut, and nothing was stored. */
  | 'cut'
  /** The connection is cut, and the object appears at the next request, as from a proxy that was slow. */
  | 'cut-then-stored'
  /** Stored, and then done once more, as by a proxy that repeats: the answer is that of the second time. */
  | 'twice'
  /** Another one is being written; nothing was stored. */
  | 'conflict'
  /** Stored, and HTTP 500 all the same. */
  | 'stored-then-500';

export interface FakeS3 {
  readonly settings: S3Settings;
  readonly objects: Map<string, StoredObject>;
  /** The fates of the next conditional PUTs, first come; then they are honest. */
  readonly fates: PutFate[];
  /** Method and path of each request. */
  readonly requests: string[];
  isHonoringConditions: boolean;
  isKeepingMetadata: boolean;
  close(): Promise<void>;
}

interface StoredObject {
  bytes: Buffer;
  creator: string | undefined;
}

const CREATOR = 'x-amz-meta-darkroom-creator';

/** The few verbs of S3 that creating needs, in memory, where a test decides what becomes of each PUT. */
export async function startFakeS3(): Promise<FakeS3> {
  const late: (() => void)[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeS3 = {
    settings: { endpoint, region: 'us-east-1', isPathStyle: true },
    objects: new Map(),
    fates: [],
    requests: [],
    isHonoringConditions: true,
    isKeepingMetadata: true,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake-secret' });
  return fake;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const store of late.splice(0)) store();
    const [key = ''] = (request.url ?? '').split('?');
    fake.requests.push(`${request.method ?? ''} ${key}`);
    const bytes = await buffer(request);
    const found = fake.objects.get(key);
    switch (request.method) {
      case 'PUT': {
        answerPut(request, response, key, bytes);
        return;
      }
      case 'DELETE':
        fake.objects.delete(key);
        response.writeHead(204).end();
        return;
      default:
        if (found === undefined) {
          fail(response, 404, 'NoSuchKey');
          return;
        }
        response.writeHead(200, {
          'content-length': found.bytes.length,
          ...(found.creator !== undefined && { [CREATOR]: found.creator }),
        });
        response.end(request.method === 'HEAD' ? undefined : found.bytes);
    }
  }

  function answerPut(request: IncomingMessage, response: ServerResponse, key: string, bytes: Buffer): void {
    const isConditional = request.headers['if-none-match'] === '*' && fake.isHonoringConditions;
    const creator = fake.isKeepingMetadata ? request.headers[CREATOR]?.toString() : undefined;
    const store = (): boolean => {
      if (isConditional && fake.objects.has(key)) return false;
      fake.objects.set(key, { bytes, creator });
      return true;
    };
    const say = (isStored: boolean) =>
      isStored ? void response.writeHead(200).end() : fail(response, 412, 'PreconditionFailed');
    const fate = request.headers['if-none-match'] === undefined ? 'honest' : (fake.fates.shift() ?? 'honest');
    switch (fate) {
      case 'honest': {
        say(store());
        return;
      }
      case 'stored-then-cut':
        store();
        return void request.socket.destroy();
      case 'cut':
        return void request.socket.destroy();
      case 'cut-then-stored':
        late.push(store);
        return void request.socket.destroy();
      case 'twice':
        store();
        {
          say(store());
          return;
        }
      case 'conflict': {
        fail(response, 409, 'ConditionalRequestConflict');
        return;
      }
      case 'stored-then-500':
        store();
        {
          fail(response, 500, 'InternalError');
          return;
        }
    }
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}
