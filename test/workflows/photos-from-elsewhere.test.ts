import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { submissionJournal } from '../../src/submissions/journal';
import { storageFrom } from '../../src/storage-from';
import { downloadsFolder } from '../../src/storage/left-downloads';
import { photoSourceFrom } from '../../src/worker-ports';
import { bytes, startPhotoHost, type PhotoHost } from '../support/photo-host';
import { photo } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { describeWithS3, startS3Server, type S3Server } from '../support/s3-server';
import { until } from '../support/until';
import { wholeHistory } from '../support/whole-history';

const COUNT = 12;

/** Everything that a worker has downloaded and not removed. */
function leftIn(rig: Rig): string[] {
  const folder = downloadsFolder(rig.home);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describeWithS3('a training with its store and its photos in buckets', () => {
  let server: S3Server;
  let rig: Rig;
  beforeAll(async () => {
    server = await startS3Server();
    server.makeBucket('store');
    server.makeBucket('photos');
    rig = await createRig({
      env: { ...server.env, DARKROOM_STORE: 's3://store/darkroom', DARKROOM_PHOTOS_S3: 'photos/inbox' },
    });
    mkdirSync(path.join(server.folder, 'photos/inbox/s-1'), { recursive: true });
    for (let n = 0; n < COUNT; n += 1)
      writeFileSync(path.join(server.folder, `photos/inbox/s-1/${n}.jpg`), await photo(n));
    await rig.startWorker();
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });

  const refs = Array.from({ length: COUNT }, (_, n) => `s3://photos/inbox/s-1/${n}.jpg`);

  it('is trained and charged once, and all that is kept is in the bucket', async () => {
    const id = await rig.train(await rig.request({ photos: refs }));
    const result = await rig.darkroom.result(id);

    expect(result).toMatchObject({ state: 'succeeded', charge: 'charged', failure: null });
    expect((await rig.ledger()).submissions).toHaveLength(1);
    expect(result.photos.map(({ photo, verdict }) => [photo, verdict])).toEqual(
      refs.map((ref) => [ref, 'accepted']),
    );
    const storage = storageFrom(rig.config);
    for (const { output } of result.photos) expect(await storage.has(output ?? '')).toBe(true);
    expect(await storage.has(result.photoSummary?.report ?? '')).toBe(true);
    expect(await submissionJournal(storage).read({ id, attempt: 1 })).toMatchObject({
      outcome: { outcome: 'accepted' },
    });
    expect(existsSync(rig.config.storeDir)).toBe(false);
    expect(leftIn(rig)).toEqual([]);
  });

  it('is not paid twice for the same photos, because the bucket remembers', async () => {
    const request = await rig.request({ photos: refs, generation: 71 });
    await rig.darkroom.result(await rig.train(request));
    const before = (await rig.ledger()).submissions.length;
    const second = await rig.darkroom.result(await rig.train(request));
    expect(second).toMatchObject({ state: 'failed', charge: 'none', failure: { code: 'DuplicateTraining' } });
    expect((await rig.ledger()).submissions).toHaveLength(before);
  });

  it('goes on without the photos that are not there or not allowed', async () => {
    const bad = [
      's3://photos/inbox/none.jpg',
      's3://photos/outbox/1.jpg',
      's3://store/darkroom/identity/store.json',
    ];
    const request = await rig.request({ photos: [...refs, ...bad] });
    const result = await rig.darkroom.result(await rig.train(request));
    expect(result.state).toBe('succeeded');
    expect(result.photos.slice(COUNT).map(({ reasons }) => reasons)).toEqual([
      ['not-found'],
      ['not-allowed'],
      ['not-allowed'],
    ]);
  });
});

/** Payloads are bytes in an event, which are written as base64; what stands in them is text all the same. */
function textOf(event: unknown): string {
  return JSON.stringify(event, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
}

describe('a training with photos from https: links', () => {
  const SIGNATURE = 'X-Amz-Signature=do-not-show-this';
  let host: PhotoHost;
  let rig: Rig;
  beforeAll(async () => {
    host = await startPhotoHost();
    rig = await createRig({
      env: { DARKROOM_PHOTOS_HTTPS_HOSTS: `photos.example:${host.port}` },
      ports: (config) => ({ photoSource: photoSourceFrom(config, undefined, host.network()) }),
    });
    for (let n = 0; n < COUNT; n += 1) host.answers.set(`/${n}.jpg?${SIGNATURE}`, bytes(await photo(n)));
    await rig.startWorker();
  });
  afterAll(async () => {
    await rig.close();
    await host.close();
  });

  const linkTo = (name: string) => `https://photos.example:${host.port}/${name}?${SIGNATURE}`;
  const links = () => Array.from({ length: COUNT }, (_, n) => linkTo(`${n}.jpg`));

  it('is trained, and what opens a link stands nowhere but where the request does', async () => {
    const photos = [...links(), linkTo('0.jpg'), linkTo('gone.jpg'), 'https://evil.example/1.jpg'];
    const id = await rig.train(await rig.request({ photos, gates: { duplicate: 'reject' } }));
    const result = await rig.darkroom.result(id);

    expect(result.state).toBe('succeeded');
    expect(result.photos.slice(COUNT).map(({ reasons }) => reasons)).toEqual([
      ['duplicate'],
      ['not-found'],
      ['not-allowed'],
    ]);
    expect(result.photos[0]?.photo).toBe(`https://photos.example:${host.port}/0.jpg?…`);
    expect(result.photos[COUNT]?.twin).toBe(result.photos[0]?.photo);
    const page = await storageFrom(rig.config).get(result.photoSummary?.report ?? '');
    expect(page?.toString()).toContain('/0.jpg?…');
    expect(page?.toString()).not.toContain('do-not-show-this');
    expect(JSON.stringify([result, await rig.darkroom.status(id)])).not.toContain('do-not-show-this');
    expect(leftIn(rig)).toEqual([]);
    expect(await holdersOf(id)).toEqual([
      'workflowExecutionStartedEventAttributes',
      'markerRecordedEventAttributes', // the plan, which has the request in it
      'preparePhotos',
      'uploadPhotos',
      'submitOnRecord',
    ]);
  });

  it('says no link in the sentence about too few', async () => {
    const id = await rig.train(await rig.request({ photos: [linkTo('gone.jpg'), linkTo('0.jpg')] }));
    const { failure } = await rig.darkroom.result(id);
    expect(failure?.code).toBe('TooFewPhotos');
    expect(failure?.message).toContain(`https://photos.example:${host.port}/gone.jpg?… (not-found)`);
    expect(failure?.message).not.toContain('do-not-show-this');
  });

  it('waits for a host that is in trouble, and says so without the link', async () => {
    let isUp = false;
    host.answers.set(`/late.jpg?${SIGNATURE}`, (response, request) => {
      if (isUp) host.answers.get(`/0.jpg?${SIGNATURE}`)?.(response, request);
      else response.writeHead(503).end();
    });
    const id = await rig.train(await rig.request({ photos: [...links().slice(1), linkTo('late.jpg')] }));
    const failure = await pendingFailure(id);
    expect(failure).toContain(`A photo at photos.example:${host.port} cannot be fetched (HTTP 503)`);
    expect(failure).not.toContain('do-not-show-this');
    isUp = true;
    host.requests.length = 0;
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    // The others were fetched by the attempt that failed.
    expect(new Set(host.requests)).toEqual(new Set([`photos.example /late.jpg?${SIGNATURE}`]));
  });

  /** What Temporal shows of an activity that failed and will be tried again. */
  async function pendingFailure(id: string): Promise<string> {
    return until('an activity has failed', async () => {
      const { raw } = await rig.client.workflow.getHandle(id).describe();
      return raw.pendingActivities?.[0]?.lastFailure?.message ?? null;
    });
  }

  /** The events that hold what opens a link: activities by name, others by their kind. */
  async function holdersOf(id: string): Promise<string[]> {
    const events = await wholeHistory(rig.client, id);
    return events
      .filter((event) => textOf(event).includes('do-not-show-this'))
      .map((event) => {
        const ordered = event.activityTaskScheduledEventAttributes?.activityType?.name;
        return ordered ?? Object.keys(event).find((key) => key.endsWith('Attributes')) ?? '';
      });
  }
});
