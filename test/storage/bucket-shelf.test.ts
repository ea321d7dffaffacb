import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { bucketShelf } from '../../src/storage/bucket-shelf';
import { s3Clients } from '../../src/storage/s3-clients';
import { startFakeS3, type FakeS3 } from '../support/fake-s3';
import { testFolder } from '../support/test-server';

const PHOTO = Buffer.from('a picture of nobody');
const HASH = createHash('sha256').update(PHOTO).digest('hex');

describe('photos that are handed in, into a bucket', () => {
  let fake: FakeS3;
  let folder: string;
  beforeEach(async () => {
    fake = await startFakeS3();
    folder = mkdtempSync(path.join(testFolder(), 'shelf-'));
  });
  afterEach(async () => {
    expect(readdirSync(folder)).toEqual([]);
    await fake.close();
  });
  const take = (photo: Readable, bucket = 'photos') =>
    bucketShelf({ bucket, prefix: 'sets' }, s3Clients(fake.settings), folder).take(photo, 1000);
  const bytes = (given: Buffer) => Readable.from([given]);

  it('are named by their content, and sent once', async () => {
    const ref = `s3://photos/sets/imported/${HASH}`;
    expect(await take(bytes(PHOTO))).toEqual({ ref });
    expect(await take(bytes(PHOTO))).toEqual({ ref });
    expect(fake.objects.get(`/photos/sets/imported/${HASH}`)?.bytes).toEqual(PHOTO);
    expect(fake.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1);
  });

  it('that are empty or too large never get there', async () => {
    expect(await take(bytes(Buffer.alloc(0)))).toEqual({ rejected: 'empty' });
    expect(await take(bytes(Buffer.alloc(1001)))).toEqual({ rejected: 'too-many-bytes' });
    expect(fake.requests).toEqual([]);
  });

  it('that break off are nothing, and no fault of the bucket', async () => {
    const broken = Readable.from(
      (function* () {
        yield PHOTO;
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(take(broken)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(fake.objects.size).toBe(0);
  });

  it('say in words what is wrong with the bucket', async () => {
    await fake.close();
    await expect(take(bytes(PHOTO))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('The bucket s3://photos/sets of photo sets cannot be used') as unknown,
    });
    fake = await startFakeS3();
  });
});
