import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_GATES } from '../../src/contract/gates';
import { PHOTO_REASONS } from '../../src/contract/photo';
import { THRESHOLDS } from '../../src/photos/gates/thresholds';
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
  const gates = Object.entries(DEFAULT_GATES);
  const warned = gates.filter(([, level]) => level === 'warn').map(([gate]) => gate);
  expect(rows.filter(([, , verdict]) => verdict === 'warned').map(([, reason]) => reason)).toEqual([
    ...warned,
    'small',
    'first-frame-only',
  ]);
});

test('docs/photos.md says of each gate what it does and where its line is', () => {
  const page = readFileSync(path.join(root, 'docs/photos.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (reject|warn|off) +\| (.*?) +\|$/gm)];
  expect(rows.map(([, gate, level]) => [gate, level])).toEqual(Object.entries(DEFAULT_GATES));
  const lines = rows.map(([, , , line]) => line).join(' ');
  const { minFaceShare, maxFaceBeyondEdge, ...plain } = THRESHOLDS;
  for (const threshold of Object.values(plain)) expect(lines).toMatch(new RegExp(`\\b${threshold}\\b`));
  for (const share of [minFaceShare, maxFaceBeyondEdge]) expect(lines).toContain(`${share * 100} %`);
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
  // The bench needs one that nobody has set up, to compare with.
  expect(importing.sort()).toEqual(['bench/photos/bare-sharp-process.ts', 'photos/decoder.ts']);
});
