import { s3Storage } from '../../src/storage/s3';
import { s3Clients } from '../../src/storage/s3-clients';
import type { Storage } from '../../src/storage/port';
import type { S3Place } from '../../src/storage/s3-settings';
import { describeWithS3, startS3Server, type S3Server } from '../support/s3-server';
import { describeStorage } from './describe-storage';

describeWithS3('on a real S3 server', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    server.makeBucket('store');
  });
  afterAll(() => server.stop());

  const storeAt = (place: S3Place): Storage => {
    const settings = { endpoint: server.endpoint, region: 'us-east-1', isPathStyle: true };
    return s3Storage(place, settings, s3Clients(settings));
  };

  for (const prefix of ['', 'below/a-prefix'])
    describeStorage(`the store in a bucket (prefix "${prefix}")`, () => {
      const place = { bucket: 'store', prefix };
      return Promise.resolve({ storage: storeAt(place), again: () => storeAt(place) });
    });

  it('lists more than one page', async () => {
    const storage = storeAt({ bucket: 'store', prefix: 'pages' });
    const keys = Array.from({ length: 1005 }, (_, n) => `many/${n}`);
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => storage.put(key, Buffer.alloc(0))));
    expect((await storage.list('many')).sort()).toEqual(keys.sort());
  });

  it('says that the bucket is not there, instead of that objects are not', async () => {
    const storage = storeAt({ bucket: 'nobody', prefix: '' });
    const missing = {
      name: 'StorageError',
      remedy: 'mend',
      message: `The store s3://nobody at ${server.endpoint} cannot be used (NoSuchBucket, HTTP 404); make the bucket, or name another one`,
    };
    await expect(storage.get('a')).rejects.toMatchObject(missing);
    await expect(storage.has('a')).rejects.toMatchObject(missing);
    await expect(storage.list('a')).rejects.toMatchObject(missing);
    await expect(storage.put('a', Buffer.from('x'))).rejects.toMatchObject(missing);
    await expect(storage.create('a', Buffer.from('x'))).rejects.toMatchObject(missing);
    await expect(storage.prove()).rejects.toMatchObject(missing);
  });

  it('says that the credentials are wrong, without showing them', async () => {
    const real = process.env['AWS_SECRET_ACCESS_KEY'];
    process.env['AWS_SECRET_ACCESS_KEY'] = 'not-the-secret';
    try {
      await expect(storeAt({ bucket: 'store', prefix: '' }).get('a')).rejects.toMatchObject({
        remedy: 'mend',
        message: `The store s3://store at ${server.endpoint} cannot be used (SignatureDoesNotMatch, HTTP 403); check the AWS credentials of the worker`,
      });
    } finally {
      process.env['AWS_SECRET_ACCESS_KEY'] = real;
    }
  });
});
