import { marked, reportPhotos, reportRecordSchema } from '../../src/photos/report/report-record';
import { face, findings } from './support/findings';

const FACE = face({ left: 0.25, top: 0.5, width: 0.2, height: 0.1 });

describe('where a face is in the normalized picture', () => {
  test('of a landscape photo: below the white above it', () => {
    const photo = findings({ width: 4000, height: 3000, faces: [FACE] });
    // 4000 pixels become 640, and 80 rows of white lie above and below.
    expect(marked(photo, 'whole')).toEqual([{ left: 160, top: 80 + 240, width: 128, height: 48 }]);
  });

  test('of a portrait photo: right of the white beside it', () => {
    const photo = findings({ width: 3000, height: 4000, faces: [FACE] });
    expect(marked(photo, 'whole')).toEqual([{ left: 80 + 120, top: 320, width: 96, height: 64 }]);
  });

  test('of a cropped photo: within the square that was cut out', () => {
    const small = face({ left: 0.5, top: 0.25, width: 0.1, height: 0.1 });
    const photo = findings({ width: 2000, height: 2000, faces: [small] });
    // A face of 200 pixels in a square of 600 from (800, 330): a third of it, in the middle, a little above.
    expect(marked(photo, 'subject')).toEqual([{ left: 213, top: 181, width: 213, height: 213 }]);
  });

  test('several faces are all marked, and nothing is cropped then', () => {
    const photo = findings({ width: 1000, height: 1000, faces: [FACE, face({ left: 0.7 })] });
    expect(marked(photo, 'subject')).toEqual(marked(photo, 'whole'));
    expect(marked(photo, 'whole')).toHaveLength(2);
    expect(marked(findings({ faces: null }), 'whole')).toEqual([]);
  });
});

test('a record says what a photo was, survives being written, and holds no storage key', () => {
  const photos = reportPhotos(
    [
      { photo: 'a.jpg', verdict: 'accepted', reasons: [], output: 'normalized/key' },
      { photo: 'b.jpg', verdict: 'rejected', reasons: ['empty'], output: null },
    ],
    [
      { contentHash: 'h', record: { readable: true, findings: findings({ orientation: 6 }) } },
      { contentHash: null, record: { readable: false, reason: 'empty' } },
    ],
    'whole',
  );
  expect(photos.map(({ photo, facts }) => [photo, facts])).toEqual([
    ['a.jpg', 'JPEG 1200 × 1600, stored turned (EXIF 6)'],
    ['b.jpg', ''],
  ]);
  expect(JSON.stringify(photos)).not.toContain('normalized/key');
  const record = { recipe: 'r0', crop: 'whole', photos, remarks: ['Advice.'] };
  expect(reportRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
});
