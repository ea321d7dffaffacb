import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getEventListeners } from 'node:events';
import { keptConnections } from '../../src/providers/kept-connections';
import { until } from '../support/until';

/** What Node keeps of signals that were made of this one: a set behind a symbol, which it does not clean up. */
function remembered(signal: AbortSignal): number {
  const [set] = Object.getOwnPropertySymbols(signal)
    .filter((symbol) => String(symbol).includes('Dependant'))
    .map((symbol) => (signal as unknown as Record<symbol, { size: number } | undefined>)[symbol]);
  return set?.size ?? 0;
}

describe('calls over connections that stay open', () => {
  let server: Server;
  let url: string;
  const sockets = new Set<Socket>();
  let asked = 0;
  let onRequest: 'answer' | 'close' = 'answer';

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      sockets.add(request.socket);
      if (request.url === '/hang') return;
      if (onRequest === 'close') {
        onRequest = 'answer';
        request.socket.destroy();
        return;
      }
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fetch`;
  });
  beforeEach(() => {
    sockets.clear();
    asked = 0;
    onRequest = 'answer';
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const call = (timeoutMs: number) => ({
    method: 'POST' as const,
    url,
    headers: {},
    body: {},
    secret: '',
    timeoutMs,
    signal: null,
  });

  const hangingCall = (timeoutMs: number) => ({ ...call(timeoutMs), url: url.replace('/fetch', '/hang') });

  it('share them', async () => {
    const send = keptConnections();
    for (let time = 0; time < 5; time += 1) expect((await send(call(5000))).kind).toBe('answer');
    // undici may take a second one where it is asked before it has put the first one back.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('ask once more where the other side closes it', async () => {
    const send = keptConnections();
    await send(call(5000));
    onRequest = 'close';
    expect((await send(call(5000))).kind).toBe('answer');
    expect(asked).toBe(3);
  });

  it('do not ask again after their time is over, and those beside go on', async () => {
    const send = keptConnections();
    await send(call(5000));
    const hanging = [send(hangingCall(60)), send(hangingCall(60))];
    const beside = send(call(5000));
    for (const one of await Promise.all(hanging))
      expect(one).toEqual({ kind: 'lost', words: 'no answer within 0.06 s' });
    expect((await beside).kind).toBe('answer');
    expect(asked).toBe(1 + 2 + 1);
    expect((await send(call(5000))).kind).toBe('answer');
  });

  it('end with the signal, without another call', async () => {
    const send = keptConnections();
    const stop = new AbortController();
    const hanging = [1, 2, 3].map(() => send({ ...hangingCall(5000), signal: stop.signal }));
    await until('they have come', () => (asked === 3 ? true : null));
    stop.abort();
    for (const one of await Promise.all(hanging)) expect(one.kind).toBe('lost');
    expect(asked).toBe(3);
  });

  it('leave nothing in a signal that outlives them', async () => {
    const send = keptConnections();
    const stop = new AbortController();
    for (let time = 0; time < 5; time += 1) await send({ ...call(5000), signal: stop.signal });
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    expect(remembered(stop.signal)).toBe(0);
  });
});
