import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { keptConnections } from '../../src/providers/kept-connections';

describe('calls over connections that stay open', () => {
  let server: Server;
  let url: string;
  const sockets = new Set<Socket>();
  let asked = 0;
  let onRequest: 'answer' | 'close' | 'hang' = 'answer';

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      sockets.add(request.socket);
      if (onRequest === 'hang') return;
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

  it('do not ask again after their time is over, and go on with a new one', async () => {
    const send = keptConnections();
    onRequest = 'hang';
    expect(await send(call(60))).toEqual({ kind: 'lost', words: 'no answer within 0.06 s' });
    expect(asked).toBe(1);
    onRequest = 'answer';
    expect((await send(call(5000))).kind).toBe('answer');
  });
});
