import type { RequestTo } from '../../src/contract/request';
import type { TryitonShape } from '../../src/contract/tryiton-shape';
import { tryiton } from '../../src/providers/tryiton';
import { customizationWarnings } from '../../src/providers/tryiton/customization-warnings';
import { expiredStyle, styleExpiresAtMs } from '../../src/providers/tryiton/styles';
import { modelsIn, resultUrlsIn, trainBody } from '../../src/providers/tryiton/wire';
import { answer, rawServer, type RawServer } from './raw-server';

const SHAPE: TryitonShape = {
  bodyField: 'who',
  modelIdField: 'model',
  modelsPath: '/models',
  modelsIdField: 'id',
  resultsPath: '/results/{modelId}',
  resultsUrlField: 'url',
};
const REQUEST: RequestTo<'tryiton'> = {
  subject: 's-1',
  provider: 'tryiton',
  photos: ['file:1.jpg'],
  options: {
    modelId: '4711',
    body: 'man',
    styles: ['studio', { key: 'k-1', uploadedAt: '2026-05-01T12:00:00Z' }],
    customizations: ['wearing glasses', 'thick beard', 'mohawk haircut'],
  },
};
const notAborted = new AbortController().signal;

describe('what is sent to TryItOn', () => {
  let server: RawServer;
  let reply: unknown;
  beforeEach(async () => {
    reply = {};
    server = await rawServer((socket) => socket.write(answer(200, JSON.stringify(reply))));
  });
  afterEach(() => server.close());
  const provider = () =>
    tryiton({ baseUrl: `${server.url}/api/key`, apiKey: 'k-SECRET', shape: SHAPE, submitTimeoutMs: 5000 });

  it('for a training is the documented body, under the configured names', () => {
    expect(trainBody(REQUEST, ['https://a/1.jpg'], SHAPE)).toStrictEqual({
      model: 4711,
      who: 'man',
      styles: ['studio', 'k-1'],
      customizations: 'wearing glasses, thick beard, mohawk haircut',
      imageUrls: ['https://a/1.jpg'],
    });
  });

  it('a model id that is no number stays text', () => {
    const request = { ...REQUEST, options: { ...REQUEST.options, modelId: '007' } };
    expect(trainBody(request, [], SHAPE)).toMatchObject({ model: '007' });
  });

  it('carries the key in its header, below the configured address', async () => {
    await provider().submit({ uploadId: '["https://a/1.jpg"]', request: REQUEST, webhook: null });
    expect(server.requests[0]).toMatch(/^POST \/api\/key\/train-model HTTP/);
    expect(server.requests[0]?.toLowerCase()).toContain('x-tryiton-key: k-secret');
  });

  it('each picture is put by itself, and lives until its style does', async () => {
    reply = { imageUrl: 'https://host/1.jpg' };
    const { uploadId, ready } = await provider().upload(
      [Buffer.from('a'), Buffer.from('b')],
      REQUEST,
      notAborted,
    );
    expect(server.requests.map((one) => one.split(' HTTP')[0])).toEqual([
      'PUT /api/key/upload-image',
      'PUT /api/key/upload-image',
    ]);
    expect(server.requests[0]).toContain(JSON.stringify({ base64: 'YQ==', type: 'jpg' }));
    expect(JSON.parse(uploadId)).toEqual(['https://host/1.jpg', 'https://host/1.jpg']);
    expect(ready?.expiresAtMs).toBe(Date.parse('2026-05-02T12:00:00Z'));
  });

  it.each([
    ['an object of any kind', {}, 'accepted'],
    ['null', null, 'unknown'],
    ['a text', 'ok', 'unknown'],
  ])('%s in a 200 is %s', async (_what, json, outcome) => {
    reply = json;
    expect(await provider().submit({ uploadId: '[]', request: REQUEST, webhook: null })).toMatchObject({
      outcome,
    });
  });
});

describe('a list of models', () => {
  const MODEL = { id: 1, is_used: false, is_trained: false, email_sent: true };
  const read = [{ id: '1', isUsed: false, isTrained: false }];

  it.each([
    ['as a list', [MODEL], read],
    ['in an object', { models: [MODEL], page: 1 }, read],
    ['with two lists', { models: [MODEL], others: [] }, null],
    ['with a model that cannot be read', [MODEL, { id: 2 }], null],
    ['without ids', [{ is_used: true, is_trained: true }], null],
    ['that is none', { message: 'hello' }, null],
  ])('%s', (_what, json, models) => {
    expect(modelsIn(json, SHAPE)).toEqual(models);
  });

  it.each([
    [
      'of each result',
      { images: [{ url: 'https://a/1' }, { url: 'https://a/2' }] },
      ['https://a/1', 'https://a/2'],
    ],
    ['as one list', { url: ['https://a/1', 'file:///etc/passwd', 7] }, ['https://a/1']],
    ['nowhere', {}, []],
  ])('results with the URL %s', (_what, json, urls) => {
    expect(resultUrlsIn(json, SHAPE)).toEqual(urls);
  });
});

describe('an uploaded style', () => {
  const at = Date.parse('2026-05-01T12:00:00Z');
  it('is good for 24 h', () => {
    expect(styleExpiresAtMs(REQUEST)).toBe(at + 86_400_000);
    expect(expiredStyle(REQUEST, at + 86_399_999)).toBeNull();
    expect(expiredStyle(REQUEST, at + 86_400_000)).toMatch(
      /^the style k-1 was uploaded at .* 24 h; upload the style again$/,
    );
  });
});

describe('customizations', () => {
  it('are warned about where they say what is not there, or are many', () => {
    expect(customizationWarnings(['no glasses', 'without beard', 'brown eyes', 'nose piercing'])).toEqual([
      expect.stringContaining('"no glasses"'),
      expect.stringContaining('"without beard"'),
    ]);
    expect(customizationWarnings(['a', 'b', 'c', 'd', 'e', 'f'])).toEqual([
      expect.stringContaining('6 customizations'),
    ]);
    expect(customizationWarnings(['wearing glasses', 'thick beard', 'mohawk haircut'])).toEqual([]);
  });
});
