import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { send, type HttpCall, type HttpResult } from '../../src/providers/http';
import { deafServer, rawServer, type RawServer } from './raw-server';
import { containing } from './matching';
import { SECRET, post } from './post';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** Calls back when undici has put the head of a request on its way. */
function onceWritten(react: () => void): void {
  const channel = 'undici:client:sendHeaders';
  const listener = () => {
    diagnostics.unsubscribe(channel, listener);
    setImmediate(react);
  };
  diagnostics.subscribe(channel, listener);
}

describe('a written request without a whole answer is "lost", and was sent once', () => {
  let server: RawServer | null = null;
  afterEach(() => server?.close());

  async function sendTo(
    onRequest: (socket: Socket) => void,
    changes: Partial<HttpCall> = {},
  ): Promise<HttpResult> {
    server = await rawServer(onRequest);
    const result = await send(post(server.url, changes));
    await server.allClosed(); // a repetition would come before our side lets go
    expect(server.requests).toHaveLength(1);
    expect(server.connections()).toBe(1);
    expect(JSON.stringify(result)).not.toContain(SECRET);
    return result;
  }

  it('when the connection is accepted and reset before the server has read a byte', async () => {
    let bytesRead = -1;
    server = await deafServer((socket) => {
      onceWritten(() => {
        bytesRead = socket.bytesRead;
        socket.resetAndDestroy();
      });
    });

    expect(await send(post(server.url))).toMatchObject({ kind: 'lost' });
    expect(bytesRead).toBe(0);
    expect(server.connections()).toBe(1);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['reset instead of an answer', (socket) => socket.resetAndDestroy()],
    ['closed instead of an answer', (socket) => socket.end()],
    ['closed in the middle of the head', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')],
    [
      'reset after the head',
      (socket) => socket.write(`${HEAD}content-length: 9\r\n\r\n`, () => socket.resetAndDestroy()),
    ],
    [
      'reset in the middle of the answer',
      (socket) =>
        socket.write(`${HEAD}content-length: 90\r\n\r\n{"task_id":`, () => socket.resetAndDestroy()),
    ],
    [
      'closed in the middle of an answer of known length',
      (socket) => socket.end(`${HEAD}content-length: 90\r\n\r\n{"task_id":"t"}`),
    ],
    [
      'closed in the middle of a chunked answer',
      (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\nf\r\n{"task_id":"t"}\r\n`),
    ],
    ['answered with something that is not HTTP', (socket) => socket.end('220 mail.example ESMTP\r\n')],
  ])('when the connection is %s', async (_what, onRequest) => {
    expect(await sendTo(onRequest)).toMatchObject({ kind: 'lost' });
  });

  it('when no answer comes in time', async () => {
    const result = await sendTo(() => undefined, { timeoutMs: 300 });

    expect(result).toEqual({ kind: 'lost', words: 'no answer within 0.3 s' });
  });

  it('when the answer begins in time and drips on past it', async () => {
    const drip = (socket: Socket) => {
      socket.write(`${HEAD}content-length: 100000\r\n\r\n`);
      const timer = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(timer));
    };

    const result = await sendTo(drip, { timeoutMs: 400 });

    expect(result).toEqual({ kind: 'lost', words: 'no answer within 0.4 s' });
  });

  it('when the caller gives up before the answer', async () => {
    const stop = new AbortController();

    const result = await sendTo(() => stop.abort(), { signal: stop.signal, timeoutMs: 60_000 });

    expect(result).toEqual({ kind: 'lost', words: 'given up before an answer came' });
  });

  it('when the caller gives up in the middle of the answer', async () => {
    const stop = new AbortController();
    const half = (socket: Socket) =>
      socket.write(`${HEAD}content-length: 90\r\n\r\n{"task_id":`, () => stop.abort());

    const result = await sendTo(half, { signal: stop.signal, timeoutMs: 60_000 });

    expect(result).toEqual({ kind: 'lost', words: 'given up before an answer came' });
  });

  it.each([
    ['says so in its head', `${HEAD}content-length: 9000000000\r\n\r\n`],
    ['says nothing of its length', `${HEAD}\r\n`],
  ])('when the answer is larger than 1 MiB and %s, and no more of it is taken in', async (_what, head) => {
    let handedOver = 0;
    const flood = (socket: Socket) => {
      const piece = Buffer.alloc(64 * 1024, 32);
      const pour = () => {
        while (!socket.destroyed && handedOver < 256 * 1024 * 1024) {
          handedOver += piece.length;
          if (!socket.write(piece)) return;
        }
        socket.end();
      };
      socket.on('drain', pour);
      socket.write(head, pour);
    };

    const result = await sendTo(flood);

    expect(result).toEqual({ kind: 'lost', words: containing('UND_ERR_RES_EXCEEDED_MAX_SIZE') });
    expect(handedOver).toBeLessThan(32 * 1024 * 1024); // the cap and what the kernel holds in between
  });

  it('when the head of the answer never ends', async () => {
    const flood = (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const line = `x-filler: ${'x'.repeat(1000)}\r\n`;
      const pour = () => {
        while (!socket.destroyed && socket.write(line));
      };
      socket.on('drain', pour);
      pour();
    };

    expect(await sendTo(flood)).toMatchObject({ kind: 'lost' });
  });
});
