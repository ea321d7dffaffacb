import { send } from '../../src/providers/http';
import { deafServer, plainServerUnderHttps, rawServer, tlsServer, type RawServer } from './raw-server';
import { selfSigned } from './self-signed';
import { containing } from './matching';
import { SECRET, post } from './post';

async function neverAnswers(): Promise<RawServer> {
  return rawServer(() => undefined);
}

describe('a request of which no byte was written is "not-sent"', () => {
  const servers: RawServer[] = [];
  const kept = async (server: Promise<RawServer>) => {
    servers.push(await server);
    return server;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  it('when the connection is refused', async () => {
    const server = await neverAnswers();
    await server.close();

    const result = await send(post(server.url));

    expect(result).toEqual({ kind: 'not-sent', words: containing('ECONNREFUSED') });
  });

  it('when the name is not found', async () => {
    const result = await send(post('http://darkroom-nowhere.invalid/x'));

    expect(result).toEqual({ kind: 'not-sent', words: containing('darkroom-nowhere.invalid') });
  });

  it('when the server does not speak TLS', async () => {
    const server = await kept(plainServerUnderHttps((socket) => socket.end('HTTP/1.1 400 No\r\n\r\n')));

    expect(await send(post(server.url))).toMatchObject({ kind: 'not-sent' });
    expect(server.connections()).toBe(1);
  });

  it('when the server resets the connection in the TLS handshake', async () => {
    const server = await kept(plainServerUnderHttps((socket) => socket.resetAndDestroy()));

    expect(await send(post(server.url))).toMatchObject({ kind: 'not-sent' });
    expect(server.connections()).toBe(1);
  });

  it('when nobody has signed the certificate', async () => {
    const server = await kept(tlsServer(selfSigned(), (socket) => socket.end()));

    const result = await send(post(server.url));

    expect(result).toEqual({ kind: 'not-sent', words: containing('self-signed certificate') });
    expect(server.requests).toEqual([]);
    expect(server.connections()).toBe(1);
  });

  it('when the time runs out in the TLS handshake, and then without waiting longer', async () => {
    const server = await kept(plainServerUnderHttps(() => undefined));
    const startMs = Date.now();

    const result = await send(post(server.url, { timeoutMs: 300 }));

    expect(result).toEqual({ kind: 'not-sent', words: 'no answer within 0.3 s' });
    expect(Date.now() - startMs).toBeLessThan(5000);
    expect(server.connections()).toBe(1);
  });

  it('when the caller gives up in the TLS handshake, and then without waiting longer', async () => {
    const stop = new AbortController();
    const server = await kept(plainServerUnderHttps(() => stop.abort()));
    const startMs = Date.now();

    const result = await send(post(server.url, { signal: stop.signal, timeoutMs: 60_000 }));

    expect(result).toMatchObject({ kind: 'not-sent' });
    expect(Date.now() - startMs).toBeLessThan(5000);
  });

  it('when the caller had given up before, and then nothing is even connected', async () => {
    const server = await kept(neverAnswers());

    const result = await send(post(server.url, { signal: AbortSignal.abort() }));

    expect(result).toMatchObject({ kind: 'not-sent' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['a header that HTTP cannot carry', { headers: { authorization: `${SECRET}\r\nx: y` } }],
    ['a URL that is none', { url: 'nowhere' }],
    ['a body that is not JSON', { body: { big: 1n } }],
  ])('when the call has %s', async (_what, changes) => {
    const server = await kept(neverAnswers());

    const result = await send(post(server.url, changes));

    expect(result).toMatchObject({ kind: 'not-sent' });
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect(server.requests).toEqual([]);
  });
});

describe('a request of which bytes were written is never "not-sent"', () => {
  it('even if the time runs out before the server has read one', async () => {
    const server = await deafServer(() => undefined);
    try {
      const result = await send(post(server.url, { timeoutMs: 300 }));

      expect(result).toEqual({ kind: 'lost', words: 'no answer within 0.3 s' });
      expect(server.connections()).toBe(1);
    } finally {
      await server.close();
    }
  });
});
