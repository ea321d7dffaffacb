import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figureBook } from '../figures';
import { drawnFiles } from './drawn-files';
import { drawnHeic, heicFigures } from './heic-cost';
import { hostileFigures } from './hostile-cost';
import { jpegFigures } from './jpeg-cost';
import { faceMemoryFigures, setFigures } from './set-cost';

const PHOTOS = 6;

const BOOK = figureBook('benchmarks-photos', [
  '# Benchmarks of the photos',
  '',
  '`npm run bench:photos` measures these again and prints them beside the committed ones; `npm run bench:photos -- --save`',
  'writes this page. The machine was shared, so times drift. Ratios are taken photo by photo, in turn, within one run.',
  '',
  '- The photos are drawn, 4032×3024, baseline JPEG. CPU is that of the photo process and of the one that asks it.',
  '- "To normalize it" leaves out what the gates measure (fingerprint, sharpness, light) and the preview for the report:',
  '  their processor time, measured in the same run, is taken off. The line below each leaves nothing out but faces.',
  '- "Bare sharp" is one call with the same size, padding, quality and chroma, else with its defaults, in a process of its',
  '  own. The C floor is `src/bench/photos/floor.c`; it needs gcc and the headers of libjpeg.',
  "- Native libheif is Debian's `heif-convert` or `heif-dec`, which decodes into a file of raw planes and does no more.",
  '- Memory is the most that a photo process has ever held (`VmHWM`), Node itself included, and without the face model',
  '  where nothing else is said.',
  '',
]);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-bench-'));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    say('Drawing 12 MP photos');
    const files = await drawnFiles(folder, PHOTOS);
    const heic = drawnHeic(folder, files[0] ?? '', say);
    BOOK.report([
      ...(await jpegFigures(folder, files, say)),
      ...(await setFigures('JPEG', files, { goalS: 1, goalMb: 120 })),
      ...(await faceMemoryFigures(files)),
      ...(heic === null ? [] : await heicFigures(folder, heic)),
      ...(heic === null ? [] : await setFigures('HEIC', [heic], { goalS: 8, goalMb: null })),
      ...(await hostileFigures(folder, say)),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
