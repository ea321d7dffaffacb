import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PHOTO_REASONS } from '../../src/contract/photo';
import { REASON_SENTENCES } from '../../src/photos/reason-sentences';

const root = path.join(__dirname, '../..');

test('every reason has one sentence that says what to do', () => {
  expect(Object.keys(REASON_SENTENCES).sort()).toEqual([...PHOTO_REASONS].sort());
  for (const sentence of Object.values(REASON_SENTENCES)) expect(sentence).toMatch(/^[A-Z].*[;,] .*\.$/);
});

test('docs/photos.md lists every reason with its sentence', () => {
  const page = readFileSync(path.join(root, 'docs/photos.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (warned|rejected) +\| (.*?) +\|$/gm)];
  const listed = rows.map(([, reason, , sentence]) => [reason, sentence]);
  expect(listed).toEqual(Object.entries(REASON_SENTENCES));
  expect(rows.filter(([, , verdict]) => verdict === 'warned').map(([, reason]) => reason)).toEqual([
    'small',
    'first-frame-only',
  ]);
});

test('sharp comes in through one door', () => {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const importing = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      /^import (?!type).* from 'sharp'|require\('sharp'\)|import\('sharp'\)/m.test(
        readFileSync(path.join(root, 'src', file), 'utf8'),
      ),
  );
  expect(importing).toEqual([path.join('photos', 'decoder.ts')]);
});
