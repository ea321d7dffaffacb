import { createReadStream } from 'node:fs';
import type { PhotoReason, PhotoRef } from '../contract/photo';
import { maxPhotoBytes } from '../photos/limits';
import type { PhotoShelf } from '../storage/photo-shelf';
import { locatePhotoFile } from '../storage/photo-source';
import type { PhotoFile } from './collect-photos';

export interface ImportedPhoto {
  name: string;
  /** Null where the file was not taken over; `reason` says why. */
  ref: PhotoRef | null;
  reason: PhotoReason | null;
}

/**
 * Copies photos to where the worker reads them. Copying again changes nothing.
 *
 * @param root below which they have to lie, links followed; null where whoever names them may read them anyway
 */
export async function importPhotos(
  photos: readonly PhotoFile[],
  shelf: PhotoShelf,
  root: string | null = null,
): Promise<ImportedPhoto[]> {
  const imported: ImportedPhoto[] = [];
  for (const photo of photos) imported.push(await importPhoto(photo, shelf, root));
  return imported;
}

async function importPhoto(
  { name, file }: PhotoFile,
  shelf: PhotoShelf,
  root: string | null,
): Promise<ImportedPhoto> {
  // A pipe under a photo's name would hold the reader for ever.
  const located = await locatePhotoFile(file, maxPhotoBytes, root);
  const taken = 'rejected' in located ? located : await shelf.take(createReadStream(file), maxPhotoBytes);
  return 'rejected' in taken
    ? { name, ref: null, reason: taken.rejected }
    : { name, ref: taken.ref, reason: null };
}
