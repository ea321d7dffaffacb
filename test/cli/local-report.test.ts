import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepReport } from '../../src/activities/stored-report';
import { storedPhotos } from '../../src/activities/stored-photos';
import { withNamedReport } from '../../src/cli/local-report';
import type { TrainStatus } from '../../src/contract/status';
import type { ReportedPhoto } from '../../src/photos/report/report-record';
import { filesystemStorage } from '../../src/storage/filesystem';
import { plainJpeg } from '../photos/support/pictures';
import { findings } from '../photos/support/findings';

const HASH = 'a'.repeat(64);
const REF = `file:imported/${HASH}`;

function reported(changes: Partial<ReportedPhoto> = {}): ReportedPhoto {
  return {
    photo: REF,
    verdict: 'accepted',
    reasons: [],
    facts: 'JPEG 900 × 600',
    contentHash: HASH,
    faces: [],
    ...changes,
  };
}

describe('the report under the names that the user knows', () => {
  let home: string;
  let storeDir: string;
  let key: string;
  beforeEach(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'darkroom-report-'));
    storeDir = path.join(home, 'store');
    const storage = filesystemStorage(storeDir);
    const library = storedPhotos(storage, { recipe: 'r0', crop: 'whole', isLookingForFaces: false });
    const jpeg = await plainJpeg(640, 640);
    await library.keep(HASH, { readable: true, findings: findings(), jpeg, thumbnail: jpeg });
    const photos = [
      reported(),
      reported({ verdict: 'rejected', reasons: ['duplicate'], twin: REF }),
      reported({ photo: 'file:imported/b', verdict: 'rejected', reasons: ['empty'], contentHash: null }),
    ];
    key = await keepReport(storage, 'order-1', { recipe: 'r0', crop: 'whole', photos, remarks: [] }, library);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const statusWith = (report: string | null) =>
    ({
      id: 'order-1',
      photoSummary: report === null ? null : { advice: '', creditsSaved: 0, notices: [], report },
    }) as unknown as TrainStatus;
  const imported = [
    { name: 'first.jpg', ref: REF, reason: null },
    { name: '<b>$& copy.jpg', ref: REF, reason: null },
    { name: 'folder.jpg', ref: null, reason: 'unreadable' as const },
    { name: 'empty.jpg', ref: 'file:imported/b', reason: null },
  ];

  it('has a card for each file: copies under their own names, and those that were not taken over', async () => {
    const status = await withNamedReport(statusWith(key), imported, { storeDir, home });
    const file = status.photoSummary?.report ?? '';
    expect(file).toBe(path.join(home, 'reports/order-1.html'));
    expect(statSync(file).mode & 0o077).toBe(0); // names and faces are for nobody else
    const page = readFileSync(file, 'utf8');
    const names = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, name]) => name);
    expect(names).toEqual(['1. first.jpg', '2. &lt;b&gt;$&amp; copy.jpg', '3. folder.jpg', '4. empty.jpg']);
    expect(page).toContain('<title>4 photos: 1 accepted, 0 warned, 3 rejected</title>');
    expect(page).toContain('The other one: first.jpg');
    expect(page).toContain('The file could not be opened');
    expect(page.match(/<img /g)).toHaveLength(4);
    expect(page).not.toContain('imported/');
  });

  it('the page in the store knows no name', () => {
    const page = readFileSync(path.join(storeDir, key), 'utf8');
    expect(page).toContain(`<h2>1. ${REF}</h2>`);
    expect(page).not.toContain('first.jpg');
  });

  it('where what it was made of is gone, the page in the store is named; where that is gone too, its key', async () => {
    rmSync(path.join(storeDir, key.replace('.html', '.json')));
    const named = await withNamedReport(statusWith(key), imported, { storeDir, home });
    expect(named.photoSummary?.report).toBe(path.join(storeDir, key));
    rmSync(path.join(storeDir, key));
    const gone = await withNamedReport(statusWith(key), imported, { storeDir, home });
    expect(gone.photoSummary?.report).toBe(key);
    expect(existsSync(path.join(home, 'reports'))).toBe(false);
  });

  it('where it cannot be written, the outcome of the training is not lost for it', async () => {
    const said: string[] = [];
    const write = jest
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const status = statusWith(key);
      for (const places of [
        { storeDir: path.join(storeDir, key, 'not-a-folder'), home },
        { storeDir, home: path.join(storeDir, key) },
      ])
        expect(await withNamedReport(status, imported, places)).toBe(status);
      expect(said).toHaveLength(2);
      expect(said.join('')).toMatch(/^darkroom: the report could not be written here: /);
    } finally {
      write.mockRestore();
    }
  });

  it('a training whose photos were not looked at has none', async () => {
    const status = statusWith(null);
    expect(await withNamedReport(status, imported, { storeDir, home })).toBe(status);
  });
});
