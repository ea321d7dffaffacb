import { connect } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Gateway } from '../../../src/gateway/server';
import { createRig, type Rig } from '../../support/rig';
import { writePhotos } from '../../support/photos';
import { until } from '../../support/until';
import { ask, startApi } from './api-rig';

const MAX_BYTES = 200_000;

describe('photos over HTTP', () => {
  let rig: Rig;
  let gateway: Gateway;
  let url: string;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    gateway = await startApi(rig, { maxPhotoBytes: MAX_BYTES });
    url = `${gateway.url}/v1/photo-sets`;
  });
  afterAll(async () => {
    await gateway.close();
    await rig.close();
  });
  const imported = () => readdirSync(path.join(rig.config.photosDir, 'imported'));
  const form = (files: [name: string, bytes: Buffer][]) => {
    const body = new FormData();
    for (const [name, bytes] of files) body.append('photos', new Blob([new Uint8Array(bytes)]), name);
    return body;
  };
  const hand = async (body: FormData | string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const drawn = async () => {
    const refs = await writePhotos(rig.config.photosDir, 'drawn', 12);
    return refs.map((ref) => readFileSync(path.join(rig.config.photosDir, ref.slice('file:'.length))));
  };

  it('are handed in once, and trained', async () => {
    const files = (await drawn()).map((bytes, n): [string, Buffer] => [`anna-${String(n)}.jpg`, bytes]);
    const { status, body } = await hand(form(files));
    expect(status).toBe(201);
    const photos = body['photos'] as string[];
    expect(photos).toHaveLength(12);
    for (const ref of photos) expect(ref).toMatch(/^file:imported\/[0-9a-f]{64}$/);
    expect((await hand(form(files))).body['photos']).toEqual(photos);
    expect(imported()).toHaveLength(new Set(photos).size);

    const started = await ask(`${gateway.url}/v1/trainings`, { body: await rig.request({ photos }) });
    const id = String(started.body['id']);
    rig.remember(id);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('that are too large or empty are named, and the others taken', async () => {
    const [photo = Buffer.alloc(0)] = await drawn();
    const { status, body } = await hand(
      form([
        ['large.jpg', Buffer.alloc(MAX_BYTES + 1)],
        ['good.jpg', photo],
        ['empty.jpg', Buffer.alloc(0)],
      ]),
    );
    expect(status).toBe(201);
    expect(body['photos']).toHaveLength(1);
    expect(body['refused']).toEqual([
      { name: 'large.jpg', reason: 'too-many-bytes' },
      { name: 'empty.jpg', reason: 'empty' },
    ]);
    expect(await hand(form([['empty.jpg', Buffer.alloc(0)]]))).toMatchObject({
      status: 422,
      body: { code: 'photo-refused' },
    });
  });

  it('that are too many, none, or broken in their form are refused, and nothing stays behind', async () => {
    const [photo = Buffer.alloc(0)] = await drawn();
    const many = Array.from({ length: 101 }, (_, n): [string, Buffer] => [`${String(n)}.jpg`, photo]);
    expect(await hand(form(many))).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await hand(form([]))).toMatchObject({ status: 400 });
    const type = 'multipart/form-data; boundary=x';
    for (const [body, headers] of [
      ['--x\r\nnonsense', { 'content-type': type }],
      [
        '--x\r\ncontent-disposition: form-data; name="a"; filename="a.jpg"\r\n\r\nhalf',
        { 'content-type': type },
      ],
      ['--x', { 'content-type': 'multipart/form-data' }],
    ] as const) {
      const { status } = await hand(body, headers);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(await hand('{}', { 'content-type': 'application/json' })).toMatchObject({ status: 415 });
    expect(imported().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('of three gigabytes are refused before they come, and a sender who goes leaves nothing', async () => {
    const head = `POST /v1/photo-sets HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: multipart/form-data; boundary=x\r\n`;
    const part = '--x\r\ncontent-disposition: form-data; name="a"; filename="a.jpg"\r\n\r\n';
    const refused = await new Promise<string>((resolve) => {
      const large = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      large.on('data', (chunk) => {
        resolve(chunk.toString());
        large.destroy();
      });
      large.write(`${head}content-length: 3000000000\r\n\r\n${part}`);
    });
    expect(refused).toMatch(/^HTTP\/1\.1 413/);
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`${head}content-length: 300000000\r\n\r\n${part}${'a'.repeat(100_000)}`);
    await until('it is being written', () =>
      imported().some((name) => name.endsWith('.tmp')) ? true : null,
    );
    socket.destroy();
    await until('nothing is left', () => (imported().some((name) => name.endsWith('.tmp')) ? null : true));
  });
});
