import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_GATES, gateChanges, withGates, type PhotoPolicy } from '../../src/contract/gates';
import { drawPortraits } from '../../src/demo-portraits';
import { judgeSet } from '../../src/photos/gates/judge-set';
import type { PhotoPool } from '../../src/photos/process/photo-pool';
import { lookAtPhotos } from '../../src/photos/set/look-at-photos';
import { memoryLibrary } from '../../src/photos/set/memory-library';
import { sharp } from '../../src/photos/decoder';
import { locatePhotoFile } from '../../src/storage/photo-source';
import { realPool } from './support/pool';

const WITH_FACES: PhotoPolicy = { gates: DEFAULT_GATES, crop: 'whole' };
const WITHOUT_FACES: PhotoPolicy = {
  gates: withGates(DEFAULT_GATES, gateChanges([['faces', 'off']])),
  crop: 'whole',
};

describe('looking at a set of photos', () => {
  let folder: string;
  let pool: PhotoPool;
  let files: string[];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-look-'));
    pool = realPool({}, 2);
    const [studio, garden] = await drawPortraits();
    if (studio === undefined || garden === undefined) throw new Error('no portraits');
    const blurred = await sharp(garden.bytes).blur(3).jpeg().toBuffer();
    files = [studio.bytes, blurred].map((bytes, index) => {
      const file = path.join(folder, `${index}`);
      writeFileSync(file, bytes);
      return file;
    });
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const lookWith = (policy: PhotoPolicy, library = memoryLibrary()) =>
    lookAtPhotos(files, (file) => locatePhotoFile(file, 1e8), {
      pool,
      library,
      policy,
      signal: new AbortController().signal,
      notRead: (code) => new Error(code),
      onSeen: () => undefined,
      onDeadly: () => undefined,
    });

  it('what another training has found out about faces changes no verdict of one that does not ask for them', async () => {
    const library = memoryLibrary();
    const before = await lookWith(WITH_FACES, library);
    expect(judgeSet(before.photos, WITH_FACES)[1]?.judgement.reasons).toEqual(['blurred']);
    const after = await lookWith(WITHOUT_FACES, library);
    const fresh = await lookWith(WITHOUT_FACES);
    expect(after).toEqual(fresh);
    expect(judgeSet(after.photos, WITHOUT_FACES)).toEqual(judgeSet(fresh.photos, WITHOUT_FACES));
  });

  it('light is judged in a face, so a gate about light alone has faces looked for', async () => {
    const gates = withGates(WITHOUT_FACES.gates, { 'too-dark': 'reject' });
    const { photos } = await lookWith({ gates, crop: 'whole' });
    expect(photos.map(({ record }) => record.readable && record.findings.faces?.length)).toEqual([1, 1]);
  });
});
