import type { TrainRequest } from '../../src/contract/request';
import { apiframeV1 } from '../../src/providers/apiframe-v1';
import type { Provider } from '../../src/providers/port';
import { answer, rawServer, type RawServer } from './raw-server';

const SECRET = 'k-SECRET-1';
const REQUEST: TrainRequest = {
  subject: 's-1',
  provider: 'apiframe',
  photos: ['file:a.jpg'],
  options: { gender: 'female', ethnicity: 'white' },
};
const notAborted = new AbortController().signal;

const VERBS: [string, (provider: Provider, signal: AbortSignal) => Promise<unknown>][] = [
  ['upload', (provider, signal) => provider.upload([], REQUEST, signal)],
  ['checkUpload', (provider, signal) => provider.checkUpload('u-1', signal)],
  ['check', (provider, signal) => provider.check('t-1', signal)],
  ['balance', (provider, signal) => provider.balance(signal)],
];

describe.each(VERBS)('%s', (_verb, call) => {
  let server: RawServer | null = null;
  afterEach(() => server?.close());

  async function errorAfter(wire: string): Promise<Record<string, unknown>> {
    server = await rawServer((socket) => (wire === '' ? socket.resetAndDestroy() : socket.write(wire)));
    const provider = apiframeV1({
      baseUrl: server.url,
      apiKey: SECRET,
      auth: 'bearer',
      submitTimeoutMs: 90_000,
    });
    const error: unknown = await call(provider, notAborted).catch((thrown: unknown) => thrown);
    expect(server.requests).toHaveLength(1);
    expect(error).toBeInstanceOf(Error);
    expect(String(error) + JSON.stringify(error)).not.toContain(SECRET);
    return error as Record<string, unknown>;
  }

  it('throws that the key was rejected on a 401, whose body is empty', async () => {
    expect(await errorAfter(answer(401, '{}'))).toMatchObject({ name: 'ProviderKeyRejectedError' });
  });

  it.each([400, 402, 403, 422])(
    'throws the refusal of a %i with the words of the provider',
    async (status) => {
      expect(await errorAfter(answer(status, '{"errors":[{"msg":"too few"}]}'))).toMatchObject({
        name: 'ProviderRefusedError',
        words: 'too few',
      });
    },
  );

  it.each([408, 429, 500, 502, 503, 504])(
    'throws that the provider is unavailable on a %i',
    async (status) => {
      expect(await errorAfter(answer(status, '{}', { 'retry-after': '7' }))).toMatchObject({
        name: 'ProviderUnavailableError',
        words: `HTTP ${String(status)} without a reason`,
        retryAfterMs: 7000,
      });
    },
  );

  it.each([
    ['is not JSON', answer(200, '<html>')],
    ['lacks what is needed', answer(200, '{"message":"hello"}')],
    ['is a redirect', answer(302, '{"task_id":7}', { location: 'http://127.0.0.1:1/' })],
    ['has no body', answer(204, '')],
    ['never came', ''],
  ])('throws that the provider is unavailable if the answer %s', async (_what, wire) => {
    expect(await errorAfter(wire)).toMatchObject({ name: 'ProviderUnavailableError', retryAfterMs: null });
  });

  it('ends at once when its signal says so', async () => {
    const stop = new AbortController();
    server = await rawServer(() => stop.abort());
    const provider = apiframeV1({
      baseUrl: server.url,
      apiKey: SECRET,
      auth: 'raw',
      submitTimeoutMs: 90_000,
    });

    await expect(call(provider, stop.signal)).rejects.toMatchObject({
      name: 'ProviderUnavailableError',
      words: 'given up before an answer came',
    });
  });
});

describe('a task that the provider does not know', () => {
  let server: RawServer | null = null;
  afterEach(() => server?.close());
  const provider = async () => {
    server = await rawServer((socket) => socket.write(answer(404, '{"errors":[{"msg":"Task not found"}]}')));
    return apiframeV1({ baseUrl: server.url, apiKey: SECRET, auth: 'raw', submitTimeoutMs: 90_000 });
  };

  it('as an upload is gone, so that it is uploaded again', async () => {
    expect(await (await provider()).checkUpload('u-1', notAborted)).toEqual({ verdict: 'gone' });
  });

  it('as a training says nothing about the training, which is paid', async () => {
    expect(await (await provider()).check('t-1', notAborted)).toMatchObject({ verdict: 'gone' });
  });
});
