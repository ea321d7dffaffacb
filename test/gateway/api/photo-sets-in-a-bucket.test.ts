import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { shelfFrom } from '../../../src/storage-from';
import { writePhotos } from '../../support/photos';
import { createRig } from '../../support/rig';
import { runCli } from '../../support/run-cli';
import { describeWithS3, startS3Server, type S3Server } from '../../support/s3-server';
import { startApi } from './api-rig';

describeWithS3('photo sets into a bucket', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    server.makeBucket('photos');
  });
  afterAll(() => server.stop());

  it('are trained out of it, handed in over HTTP or by hand', async () => {
    const places = { DARKROOM_PHOTOS_S3: 'photos/sets', DARKROOM_PHOTO_SETS: 's3://photos/sets' };
    const rig = await createRig({ env: { ...server.env, ...places } });
    await rig.startWorker();
    const gateway = await startApi(rig, { shelf: shelfFrom(rig.config) });
    try {
      const drawn = await writePhotos(rig.config.photosDir, 'drawn', 12);
      const files = drawn.map((ref) => path.join(rig.config.photosDir, ref.slice('file:'.length)));
      const body = new FormData();
      for (const file of files) body.append('photo', new Blob([new Uint8Array(readFileSync(file))]), 'a.jpg');
      const answer = await fetch(`${gateway.url}/v1/photo-sets`, { method: 'POST', body });
      const { photos } = (await answer.json()) as { photos: string[] };
      expect(photos).toHaveLength(12);
      for (const ref of photos) expect(ref).toMatch(/^s3:\/\/photos\/sets\/imported\/[0-9a-f]{64}$/);
      const id = await rig.train(await rig.request({ photos }));
      expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });

      const stored = () => readdirSync(path.join(server.folder, 'photos/sets/imported')).length;
      const before = stored();
      const person = ['--gender', 'female', '--ethnicity', 'white', '--generation', '77'];
      const typed = [
        'train',
        's-1',
        ...files,
        ...person,
        '--id',
        `${id}-typed`,
        '--home',
        rig.home,
        '--detach',
      ];
      rig.remember(`${id}-typed`);
      expect(await runCli(typed, { env: rig.env })).toMatchObject({ code: 0 });
      expect(await rig.darkroom.result(`${id}-typed`)).toMatchObject({ state: 'succeeded' });
      expect(stored()).toBe(before);
      expect(readdirSync(path.join(rig.config.photosDir))).toEqual(['drawn']);
    } finally {
      await gateway.close();
      await rig.close();
    }
  });
});
