import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoReason, PhotoVerdict } from '../contract/photo';
import { contactSheet, type SheetRow } from '../photos/contact-sheet';
import { maxPhotoBytes, normalizePhoto } from '../photos/normalize';
import { readPhotoFile } from '../storage/photo-source';
import { collectPhotos, type PhotoFile } from './collect-photos';
import { EXIT } from './exit-code';
import { InputError } from './input-error';
import { photoReport } from './training-report';
import { errorMessage } from '../error-facts';

/** `darkroom normalize`: the pictures as a provider would get them, a verdict on each, and a sheet to look at. */
export async function normalize(
  places: string[],
  { out, json }: { out: string; json?: true },
): Promise<void> {
  const photos = await collectPhotos(places);
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw new InputError(
      `The folder ${out} cannot be made (${errorMessage(error)}); choose another with --out`,
    );
  });
  await assertApart(out, photos);
  const { verdicts, sheet } = await normalizeInto(out, photos);
  const file = path.join(out, 'verdicts.json');
  await writeFile(file, `${JSON.stringify({ photos: verdicts }, null, 2)}\n`);
  const lines =
    json === true
      ? [JSON.stringify({ photos: verdicts }, null, 2)]
      : [...photoReport(verdicts), `  ${file}`, `  ${sheet}`];
  process.stdout.write(`${lines.join('\n')}\n`);
  const isAnyGood = verdicts.some(({ verdict }) => verdict !== 'rejected');
  process.exitCode = isAnyGood ? EXIT.done : EXIT.badInput;
}

/** Results carry the names of their inputs: in the same folder they would replace the originals. */
async function assertApart(out: string, photos: readonly PhotoFile[]): Promise<void> {
  const target = await realpath(out);
  for (const { file } of photos) {
    const source = await realpath(path.dirname(file));
    if (source === target)
      throw new InputError(
        `--out ${out} is the folder of the photos; choose another, or they would be overwritten`,
      );
  }
}

/** Writes `NAME.jpg` for each good photo and `contact-sheet.jpg`. The bytes of one photo at a time are in memory. */
export async function normalizeInto(
  out: string,
  photos: readonly PhotoFile[],
): Promise<{ verdicts: PhotoVerdict[]; sheet: string }> {
  const taken = new Set<string>();
  const verdicts: PhotoVerdict[] = [];
  for (const photo of photos) {
    const { reasons, verdict, jpeg } = await judge(photo);
    const output = jpeg === null ? null : freeName(photo.name, taken);
    if (jpeg !== null && output !== null) await writeFile(path.join(out, output), jpeg);
    verdicts.push({ photo: photo.name, verdict, reasons, output });
  }
  const sheet = path.join(out, 'contact-sheet.jpg');
  await writeFile(sheet, await contactSheet(sheetRows(out, photos, verdicts)));
  return { verdicts, sheet };
}

interface Judged {
  verdict: PhotoVerdict['verdict'];
  reasons: PhotoReason[];
  jpeg: Buffer | null;
}

async function judge({ file }: PhotoFile): Promise<Judged> {
  const photo = await readPhotoFile(file, maxPhotoBytes);
  if ('rejected' in photo) return { verdict: 'rejected', reasons: [photo.rejected], jpeg: null };
  return { jpeg: null, ...(await normalizePhoto(photo.bytes)) };
}

/** `a.png` and `a.jpg` would both become `a.jpg`; the second one becomes `a-2.jpg`. */
function freeName(name: string, taken: Set<string>): string {
  const { name: stem } = path.parse(name);
  for (let n = 1; ; n += 1) {
    const candidate = `${stem}${n === 1 ? '' : `-${n}`}.jpg`;
    if (candidate === 'contact-sheet.jpg' || taken.has(candidate.toLowerCase())) continue;
    taken.add(candidate.toLowerCase());
    return candidate;
  }
}

function sheetRows(out: string, photos: readonly PhotoFile[], verdicts: readonly PhotoVerdict[]): SheetRow[] {
  return photos.flatMap(({ file, name }, index) => {
    const made = verdicts[index];
    if (made === undefined) return [];
    const { verdict, reasons, output } = made;
    const normalized = async () => (output === null ? null : readFile(path.join(out, output)));
    return [{ name, original: () => originalOf(file), normalized, verdict, reasons }];
  });
}

async function originalOf(file: string): Promise<Buffer | null> {
  const original = await readPhotoFile(file, maxPhotoBytes);
  return 'bytes' in original ? original.bytes : null;
}
