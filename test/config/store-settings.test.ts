import { configOf, problemsOf } from './environment';

describe('where the store and photos are', () => {
  it.each([
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
    ['s3://my.bucket-1/a/b_c', { bucket: 'my.bucket-1', prefix: 'a/b_c' }],
    ['s3://bucket/a/', { bucket: 'bucket', prefix: 'a' }],
  ])('DARKROOM_STORE may be %s', (text, place) => {
    expect(configOf({ DARKROOM_STORE: text }).storePlace).toEqual(place);
  });

  it.each([
    '/srv/store',
    'bucket',
    's3:bucket',
    's3://',
    's3://B',
    's3://a..b/c',
    's3://bucket//a',
    's3://bucket/../a',
  ])('DARKROOM_STORE is not %s', (text) => {
    expect(problemsOf({ DARKROOM_STORE: text })).toEqual([
      `DARKROOM_STORE: expected s3://BUCKET or s3://BUCKET/PREFIX, received "${text}"`,
    ]);
  });

  it('two stores are one too many', () => {
    expect(problemsOf({ DARKROOM_STORE: 's3://bucket', DARKROOM_STORE_DIR: '/srv/store' })).toEqual([
      'DARKROOM_STORE: expected to be alone, and DARKROOM_STORE_DIR names another store; take one of them away',
    ]);
  });

  it.each([
    [{}, { endpoint: null, region: null, isPathStyle: false }],
    [{ DARKROOM_S3_REGION: 'eu-central-1' }, { endpoint: null, region: 'eu-central-1', isPathStyle: false }],
    [
      { DARKROOM_S3_ENDPOINT: 'http://127.0.0.1:7070/' },
      { endpoint: 'http://127.0.0.1:7070', region: 'us-east-1', isPathStyle: true },
    ],
    [
      { DARKROOM_S3_ENDPOINT: 'https://s3.example', DARKROOM_S3_REGION: 'x', DARKROOM_S3_PATH_STYLE: 'no' },
      { endpoint: 'https://s3.example', region: 'x', isPathStyle: false },
    ],
  ])('%j is how S3 is reached', (variables, s3) => {
    expect(configOf(variables).s3).toEqual(s3);
  });

  it('photos come from buckets and hosts that are named', () => {
    const { photoPlaces } = configOf({
      DARKROOM_PHOTOS_S3: 'photos, shared/inbox/a',
      DARKROOM_PHOTOS_HTTPS_HOSTS: 'CDN.example.com, *.images.example.com,cdn.example.com:8443',
    });
    expect(photoPlaces).toEqual({
      s3: [
        { bucket: 'photos', prefix: '' },
        { bucket: 'shared', prefix: 'inbox/a' },
      ],
      httpsHosts: [
        { name: 'cdn.example.com', isBelow: false, port: 443 },
        { name: 'images.example.com', isBelow: true, port: 443 },
        { name: 'cdn.example.com', isBelow: false, port: 8443 },
      ],
    });
  });

  it.each(['s3://photos', 'photos,', 'photos/../x'])('DARKROOM_PHOTOS_S3 is not %s', (text) => {
    expect(problemsOf({ DARKROOM_PHOTOS_S3: text })).toHaveLength(1);
  });

  it.each([
    '*',
    '*.com',
    'com',
    '10.0.0.1',
    'https://cdn.example.com',
    'cdn.example.com/a',
    'a.*.com',
    'a.b:0',
    'a.b:70000',
    '[::1]',
    'a.b,',
  ])('DARKROOM_PHOTOS_HTTPS_HOSTS is not %s', (text) => {
    expect(problemsOf({ DARKROOM_PHOTOS_HTTPS_HOSTS: text })).toHaveLength(1);
  });
});
