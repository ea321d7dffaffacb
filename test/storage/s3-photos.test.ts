import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { photoDownloads } from '../../src/storage/photo-downloads';
import { s3Clients } from '../../src/storage/s3-clients';
import { s3Photos } from '../../src/storage/s3-photos';
import { describeWithS3, startS3Server, type S3Server } from '../support/s3-server';

const MAX_BYTES = 1000;
const PLACES = [
  { bucket: 'photos', prefix: '' },
  { bucket: 'shared', prefix: 'in/box' },
  { bucket: 'gone', prefix: '' },
];

describeWithS3('photos from buckets', () => {
  let server: S3Server;
  let folder: string;
  beforeAll(async () => {
    server = await startS3Server();
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-s3-photos-'));
    for (const bucket of ['photos', 'shared', 'private']) server.makeBucket(bucket);
    write('photos/s-1/1.jpg', 'picture');
    write('photos/s-1/ü b.jpg', 'umlaut');
    write('photos/empty.jpg', '');
    write('photos/full.jpg', 'x'.repeat(MAX_BYTES));
    write('photos/large.jpg', 'x'.repeat(MAX_BYTES + 1));
    write('shared/in/box/1.jpg', 'shared');
    write('shared/in/boxes/1.jpg', 'secret');
    write('shared/secret.jpg', 'secret');
    write('private/1.jpg', 'secret');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    const file = path.join(server.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const source = (endpoint = server.endpoint) =>
    s3Photos(PLACES, s3Clients({ endpoint, region: 'us-east-1', isPathStyle: true }), photoDownloads(folder));
  const locate = (ref: string, signal = new AbortController().signal) =>
    source().locate(ref, MAX_BYTES, signal);
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

  it.each([
    ['s3://photos/s-1/1.jpg', 'picture'],
    ['s3://photos/s-1/ü b.jpg', 'umlaut'],
    ['s3://photos/empty.jpg', ''],
    ['s3://photos/full.jpg', 'x'.repeat(MAX_BYTES)],
    ['s3://shared/in/box/1.jpg', 'shared'],
  ])('%s is read, and nothing of it is left', async (ref, text) => {
    const located = await locate(ref);
    if (!('file' in located)) throw new Error(located.rejected);
    expect(readFileSync(located.file.path, 'utf8')).toBe(text);
    await located.release?.();
    expect(files()).toEqual([]);
  });

  it.each([
    's3://private/1.jpg',
    's3://shared/secret.jpg',
    's3://shared/in/boxes/1.jpg',
    's3://shared/in/box',
    's3://shared/in/box/../../secret.jpg',
    's3://photos/../private/1.jpg',
    's3://photos/s-1/./1.jpg',
    's3://photos//1.jpg',
    's3://photos/',
    's3://photos',
    's3:photos/s-1/1.jpg',
  ])('%s is not allowed', async (ref) => {
    expect(await locate(ref)).toEqual({ rejected: 'not-allowed' });
  });

  it.each([
    ['s3://photos/2.jpg', 'not-found'],
    ['s3://photos/s-1', 'not-found'],
    ['s3://photos/large.jpg', 'too-many-bytes'],
  ])('%s is judged %s', async (ref, rejected) => {
    expect(await locate(ref)).toEqual({ rejected });
    expect(files()).toEqual([]);
  });

  it('no photo is judged where the bucket is not there', async () => {
    await expect(locate('s3://gone/1.jpg')).rejects.toMatchObject({
      name: 'StorageError',
      remedy: 'mend',
      message:
        'The bucket gone of photos cannot be used (NoSuchBucket, HTTP 404); make the bucket, or name another one',
    });
  });

  it('no photo is judged where S3 does not answer', async () => {
    const nowhere = source('http://127.0.0.1:1').locate(
      's3://photos/s-1/1.jpg',
      MAX_BYTES,
      new AbortController().signal,
    );
    await expect(nowhere).rejects.toMatchObject({ name: 'StorageError', remedy: 'wait' });
  });

  it('a cancel is heard', async () => {
    const reason = new Error('canceled by the user');
    await expect(locate('s3://photos/s-1/1.jpg', AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(files()).toEqual([]);
  });
});
