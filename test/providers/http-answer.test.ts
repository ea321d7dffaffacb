import { send, type HttpCall, type HttpResult } from '../../src/providers/http';
import { answer, deafServer, rawServer, type RawServer } from './raw-server';
import { post } from './post';

describe('a whole answer', () => {
  const servers: RawServer[] = [];
  async function answering(...wire: string[]): Promise<RawServer> {
    const server = await rawServer((socket) => socket.write(wire[server.requests.length - 1] ?? ''));
    servers.push(server);
    return server;
  }
  async function sendTo(wire: string, changes: Partial<HttpCall> = {}): Promise<HttpResult> {
    const server = await answering(wire);
    const result = await send(post(server.url, changes));
    expect(server.requests).toHaveLength(1);
    expect(server.connections()).toBe(1);
    return result;
  }
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  it('is handed over with its status and JSON', async () => {
    const result = await sendTo(answer(201, '{"task_id":"t-1"}'));

    expect(result).toEqual({ kind: 'answer', status: 201, json: { task_id: 't-1' }, retryAfterMs: null });
  });

  it('never gives back the key that a provider echoes', async () => {
    const result = await sendTo(answer(400, '{"errors":[{"msg":"no such key: k-SECRET-1"}]}'));

    expect(result).toMatchObject({ kind: 'answer', json: { errors: [{ msg: 'no such key: (key)' }] } });
  });

  it.each([
    ['HTML', '<html>Bad gateway</html>'],
    ['empty', ''],
    ['cut JSON', '{"task_id":'],
  ])('reads as null if it is %s', async (_what, body) => {
    expect(await sendTo(answer(200, body))).toMatchObject({ kind: 'answer', status: 200, json: null });
  });

  it('is taken as it is when it is a redirect, which is not followed', async () => {
    const elsewhere = await answering(answer(200, '{"task_id":"t-1"}'));

    const result = await sendTo(answer(307, '{}', { location: `${elsewhere.url}/x` }));

    expect(result).toMatchObject({ kind: 'answer', status: 307 });
    expect(elsewhere.connections()).toBe(0);
  });

  it('still counts if it comes before the whole request was read', async () => {
    const server = await deafServer((socket) => {
      socket.once('data', () => socket.pause().write(answer(400, '{}')));
      socket.resume();
    });
    servers.push(server);

    const result = await send(post(server.url, { body: { filler: 'x'.repeat(8_000_000) } }));

    expect(result).toMatchObject({ kind: 'answer', status: 400 });
  });

  it.each([
    ['seconds', '7', 7000],
    ['0 seconds, which would make Temporal give up', '0', 1000],
    ['more than an hour', '999999', 3_600_000],
    ['a date in the past', 'Wed, 21 Oct 2015 07:28:00 GMT', 1000],
    ['a past date of the oldest form', 'Sun Nov  6 08:49:37 1994', 1000],
    ['a past date of the second form', 'Sunday, 06-Nov-94 08:49:37 GMT', 1000],
    ['words', 'soon', null],
    ['a negative number', '-1', null],
    ['a fraction', '1.5', null],
    ['nothing', '', null],
  ])('with %s in Retry-After', async (_what, header, retryAfterMs) => {
    expect(await sendTo(answer(429, '{}', { 'retry-after': header }))).toMatchObject({ retryAfterMs });
  });

  it('with a date in Retry-After says how long that is from now', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString();

    const result = await sendTo(answer(503, '{}', { 'retry-after': date }));

    const retryAfterMs = result.kind === 'answer' ? (result.retryAfterMs ?? 0) : 0;
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90_000);
  });
});

describe('a request', () => {
  let server: RawServer;
  afterEach(() => server.close());

  it('carries method, path, query, headers and a JSON body', async () => {
    server = await rawServer((socket) => socket.write(answer(200, '{}')));

    await send(post(`${server.url}/a/b?c=d`, { body: { subject: 'Zoë' } }));

    const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe('POST /a/b?c=d HTTP/1.1');
    expect(head).toMatch(/^authorization: k-SECRET-1$/m);
    expect(head).toMatch(/^content-type: application\/json$/m);
    expect(Buffer.from(body, 'latin1').toString()).toBe('{"subject":"Zoë"}');
  });

  it('without a body names no content type', async () => {
    server = await rawServer((socket) => socket.write(answer(200, '{}')));

    await send(post(server.url, { method: 'GET', body: null }));

    expect(server.requests[0]).toMatch(/^GET \/ HTTP/);
    expect(server.requests[0]).not.toMatch(/content-type|content-length/i);
  });

  it('opens a connection of its own and closes it, even if the server would keep it', async () => {
    server = await rawServer((socket) => socket.write(answer(200, '{}', { connection: 'keep-alive' })));

    await send(post(server.url));
    await server.allClosed();
    await send(post(server.url));
    await server.allClosed();

    expect(server.connections()).toBe(2);
    expect(server.requests).toHaveLength(2);
  });
});
