import type { TrainRequest } from '../../src/contract/request';
import { apiframeV1, type ApiframeAccess } from '../../src/providers/apiframe-v1';
import { answer, rawServer, type RawServer } from './raw-server';

const REQUEST: TrainRequest = {
  subject: 's-1',
  provider: 'apiframe',
  photos: ['file:a.jpg'],
  options: { gender: 'female', ethnicity: 'middle eastern' },
};
const notAborted = new AbortController().signal;

describe('a request to APIFRAME', () => {
  let server: RawServer;
  beforeEach(async () => {
    const everything = { task_id: 't-1', status: 'finished', credits: 12 };
    server = await rawServer((socket) => socket.write(answer(200, JSON.stringify(everything))));
  });
  afterEach(() => server.close());

  const provider = (access: Partial<ApiframeAccess> = {}) =>
    apiframeV1({ baseUrl: server.url, apiKey: 'k-1', auth: 'raw', submitTimeoutMs: 90_000, ...access });
  const withOptions = (options: Partial<TrainRequest['options']>): TrainRequest => ({
    ...REQUEST,
    options: { ...REQUEST.options, ...options },
  });
  /** The only request that arrived, taken apart. */
  function sent() {
    expect(server.requests).toHaveLength(1);
    const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n');
    return { line: head.split('\r\n')[0], head, body: body === '' ? null : (JSON.parse(body) as unknown) };
  }

  it('carries the bare key', async () => {
    await provider().balance(notAborted);

    expect(sent().head).toMatch(/^authorization: k-1$/m);
  });

  it('carries the key after "Bearer" where that is configured', async () => {
    await provider({ auth: 'bearer' }).balance(notAborted);

    expect(sent().head).toMatch(/^authorization: Bearer k-1$/m);
  });

  it.each([
    ['', '/account'],
    ['/', '/account'],
    ['/proxy/v1', '/proxy/v1/account'],
    ['/proxy/v1/', '/proxy/v1/account'],
  ])('goes below a base URL that ends in "%s"', async (suffix, path) => {
    await provider({ baseUrl: server.url + suffix }).balance(notAborted);

    expect(sent().line).toBe(`GET ${path} HTTP/1.1`);
  });

  it('for an upload has the pictures in bare base64 and what is known of the person, no more', async () => {
    const images = [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('second')];

    expect(await provider().upload(images, REQUEST, notAborted)).toEqual({ uploadId: 't-1' });

    expect(sent()).toMatchObject({ line: 'POST /ai-photo-upload HTTP/1.1' });
    expect(sent().body).toStrictEqual({
      images: ['/9j/', 'c2Vjb25k'],
      gender: 'female',
      ethnicity: 'middle eastern',
    });
  });

  it('for an upload has the age where it is given', async () => {
    await provider().upload([], withOptions({ age: 42, triggerWord: 'ZOE' }), notAborted);

    expect(sent().body).toStrictEqual({ images: [], gender: 'female', ethnicity: 'middle eastern', age: 42 });
  });

  it('for a submission has nothing but the upload', async () => {
    const outcome = await provider().submit({ uploadId: 'u-1', request: REQUEST, webhook: null });

    expect(outcome).toEqual({ outcome: 'accepted', trainingId: 't-1' });
    expect(sent()).toMatchObject({ line: 'POST /ai-photo-train HTTP/1.1' });
    expect(sent().body).toStrictEqual({ training_images_id: 'u-1' });
  });

  it('for a submission has the trigger word where it is given', async () => {
    await provider().submit({
      uploadId: 'u-1',
      request: withOptions({ triggerWord: 'ZOE', age: 42 }),
      webhook: null,
    });

    expect(sent().body).toStrictEqual({ training_images_id: 'u-1', trigger_word: 'ZOE' });
  });

  it.each(['check', 'checkUpload'] as const)(
    'for a poll (%s) is a POST that names the task',
    async (verb) => {
      await provider()[verb]('t-9', notAborted);

      expect(sent()).toMatchObject({ line: 'POST /fetch HTTP/1.1' });
      expect(sent().body).toStrictEqual({ task_id: 't-9' });
    },
  );

  it('for the balance reads nothing but the credits', async () => {
    expect(await provider().balance(notAborted)).toEqual({ credits: 12 });

    expect(sent().line).toBe('GET /account HTTP/1.1');
  });
});
