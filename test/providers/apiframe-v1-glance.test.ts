import { apiframeV1 } from '../../src/providers/apiframe-v1';
import type { Provider } from '../../src/providers/port';
import { answer, rawServer, type RawServer } from './raw-server';

const SECRET = 'k-SECRET-1';
const notAborted = new AbortController().signal;
const task = (id: string, status = 'processing') => ({ task_id: id, status, percentage: '40' });

describe('a glance at trainings of APIFRAME', () => {
  let server: RawServer;
  let provider: Provider;
  let wire: string;
  beforeEach(async () => {
    server = await rawServer((socket) => socket.write(wire));
    provider = apiframeV1({ baseUrl: server.url, apiKey: SECRET, auth: 'raw', submitTimeoutMs: 90_000 });
    wire = answer(200, JSON.stringify({ tasks: [task('a'), task('b')] }));
  });
  afterEach(() => server.close());

  it('shares a connection with others, and a look that something depends on does not', async () => {
    for (let time = 0; time < 6; time += 1) await provider.glance(['a', 'b'], notAborted);
    // undici may take a second one where it is asked before it has put the first one back.
    const shared = server.connections();
    expect(shared).toBeLessThanOrEqual(2);
    wire = answer(200, JSON.stringify(task('a')));
    for (let time = 1; time <= 3; time += 1) {
      await provider.check('a', notAborted);
      expect(server.connections()).toBe(shared + time);
    }
  });

  it('sends as few ids as there are, by the call that is for as many', async () => {
    await provider.glance(['a', 'b'], notAborted);
    expect(server.requests[0]).toContain('POST /fetch-many');
    expect(server.requests[0]).toContain('{"task_ids":["a","b"]}');
    wire = answer(200, JSON.stringify(task('a')));
    await provider.glance(['a'], notAborted);
    expect(server.requests[1]).toMatch(/^POST \/fetch HTTP/);
  });

  it('says how each goes, and leaves out those that are forgotten or unreadable', async () => {
    wire = answer(200, JSON.stringify({ tasks: [task('a'), task('b', 'finished'), null, { task_id: 7 }] }));
    expect(await provider.glance(['a', 'b', 'c', 'd'], notAborted)).toEqual(
      new Map([
        ['a', { glimpse: 'running', percent: 40, word: 'processing' }],
        ['b', { glimpse: 'ended' }],
      ]),
    );
    wire = answer(404, '{}');
    expect(await provider.glance(['a'], notAborted)).toEqual(new Map());
  });

  it.each([400, 404, 405, 501])('of several that is answered with %i is not supported', async (status) => {
    wire = answer(status, '{}');
    expect(await provider.glance(['a', 'b'], notAborted)).toBe('unsupported');
  });

  it('hands on for how long it is not to be asked, without the key that an answer echoes', async () => {
    wire = answer(429, `{"errors":[{"msg":"too many with ${SECRET}"}]}`, { 'retry-after': '7' });
    const error: unknown = await provider.glance(['a', 'b'], notAborted).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ProviderUnavailableError', retryAfterMs: 7000 });
    expect(String(error) + JSON.stringify(error)).not.toContain(SECRET);
    wire = answer(401, '{}');
    await expect(provider.glance(['a', 'b'], notAborted)).rejects.toMatchObject({
      name: 'ProviderKeyRejectedError',
    });
  });
});
