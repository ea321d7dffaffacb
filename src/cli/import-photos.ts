import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PhotoReason, PhotoRef } from '../contract/photo';
import { maxPhotoBytes } from '../photos/limits';
import { IMPORTED_FOLDER, importedRef } from '../storage/photo-shelf';
import { readPhotoFile } from '../storage/photo-source';
import type { PhotoFile } from './collect-photos';
import { InputError } from './input-error';
import { errorCode } from '../error-facts';
import { writeWhole } from './write-whole';

export interface ImportedPhoto {
  name: string;
  /** Null where the file was not taken over; `reason` says why. */
  ref: PhotoRef | null;
  reason: PhotoReason | null;
}

/**
 * Copies photos to where the worker reads them, named by their content: a file name may say who the person is, and
 * names of references stand in Temporal's history. Copying again changes nothing.
 */
export async function importPhotos(
  photos: readonly PhotoFile[],
  photosDir: string,
): Promise<ImportedPhoto[]> {
  const folder = path.join(photosDir, IMPORTED_FOLDER);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new InputError(
      `The photos folder ${folder} cannot be written (${errorCode(error)}); make it writable, or set DARKROOM_PHOTOS_DIR`,
    );
  }
  const imported: ImportedPhoto[] = [];
  for (const photo of photos) imported.push(await importPhoto(photo, folder));
  return imported;
}

async function importPhoto({ name, file }: PhotoFile, folder: string): Promise<ImportedPhoto> {
  const photo = await readPhotoFile(file, maxPhotoBytes);
  if ('rejected' in photo) return { name, ref: null, reason: photo.rejected };
  const { bytes } = photo;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const target = path.join(folder, hash);
  const isThere = await stat(target).then(
    ({ size }) => size === bytes.length,
    () => false,
  );
  if (!isThere) await writeWhole(target, bytes);
  return { name, ref: importedRef(hash), reason: null };
}
