import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DEFAULT_GATES } from '../../src/contract/gates';
import { normalizeSet } from '../../src/cli/normalize-set';
import { photoPool, type PhotoPool } from '../../src/photos/process/photo-pool';
import { writePhotos } from '../support/photos';
import { examined, WITHOUT_FACES } from './support/pool';

describe('without the optional packages', () => {
  let folder: string;
  let pool: PhotoPool;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-bare-'));
    pool = photoPool({
      childFile: path.join(__dirname, 'support/bare-child.js'),
      processes: 1,
      limits: { timeMs: 30_000, memoryBytes: 1024 ** 3 },
    });
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('HEIC is a format that is not read, and nothing else changes', async () => {
    const heic = path.join(__dirname, 'support/heic/plain.heic');
    expect(await examined(pool, heic, WITHOUT_FACES)).toMatchObject({
      readable: false,
      reason: 'unsupported-format',
    });
    const [photo = ''] = await writePhotos(folder, 'in', 1);
    const file = path.join(folder, photo.replace('file:', ''));
    expect(await examined(pool, file, WITHOUT_FACES)).toMatchObject({ readable: true });
  });

  it('the gates about faces are off, and that is said, in the report too', async () => {
    const [photo = ''] = await writePhotos(folder, 'in', 1);
    const file = path.join(folder, photo.replace('file:', ''));
    const { verdicts, description, report } = await normalizeSet([{ name: 'photo.jpg', file }], {
      pool,
      policy: { gates: { ...DEFAULT_GATES, blurred: 'off' }, crop: 'subject' },
      creditsPerPhoto: 4,
      signal: new AbortController().signal,
      onPhoto: () => undefined,
    });
    expect(verdicts).toMatchObject([{ verdict: 'accepted' }]);
    const notice =
      "Faces were not looked for, so these gates are off: no-face, several-faces, face-too-small, face-cut-off, too-dark, too-bright; on the worker's machine, darkroom doctor says why";
    expect(description.notices).toEqual([notice]);
    expect(report).toContain('Faces were not looked for, so these gates are off');
  });

  it('its pictures have keys of their own in the store', async () => {
    expect(await pool.recipe()).toMatch(/^r\d+-vips[\d.]+-heifnone-facesnone$/);
  });
});
