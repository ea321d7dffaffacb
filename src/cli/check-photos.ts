import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../config';
import { errorMessage } from '../error-facts';
import { sharp } from '../photos/decoder';
import { heicVersion } from '../photos/heic/libheif';
import type { PoolAnswer } from '../photos/process/photo-pool';
import { locatePhotoFile } from '../storage/photo-source';
import { photoPoolFrom } from '../worker-ports';
import { bad, good, note, type Finding } from './finding';

/** Whether photos can be looked at here: a process starts, decodes a picture, and finds no face in it. */
export async function checkPhotos(config: Config): Promise<Finding[]> {
  try {
    const answer = await lookAtPlainPicture(config);
    if (answer.kind !== 'examined') return [bad(`a plain picture could not be looked at: ${answer.kind}`)];
    const { facesUnavailable } = answer;
    const heic = heicVersion();
    return [
      heic === null
        ? note('HEIC is not read: libheif-js is not installed (npm install libheif-js)')
        : good(`photos are decoded in processes of their own, HEIC too (libheif-js ${heic})`),
      facesUnavailable === null
        ? good('faces are found, so the gates about them hold')
        : note(
            `faces are not looked for, so the gates about them and about light are off: ${facesUnavailable}`,
          ),
    ];
  } catch (error) {
    return [bad(`photos cannot be looked at: ${errorMessage(error)}`)];
  }
}

async function lookAtPlainPicture(config: Config): Promise<PoolAnswer<never>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'darkroom-doctor-'));
  const pool = photoPoolFrom(config);
  try {
    const file = path.join(folder, 'plain.png');
    const picture = sharp({ create: { width: 640, height: 640, channels: 3, background: '#9ab' } });
    const bytes = await picture.png().toBuffer();
    await writeFile(file, bytes);
    const located = await locatePhotoFile(file, bytes.length);
    if ('rejected' in located) throw new Error(located.rejected);
    const look = { crop: 'whole', isLookingForFaces: true } as const;
    return await pool.look<never>(
      located.file,
      look,
      () => Promise.resolve(null),
      AbortSignal.timeout(60_000),
    );
  } finally {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}
