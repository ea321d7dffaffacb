import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from './input-error';
import { errorCode } from '../error-facts';

export interface PhotoFile {
  /** As the user knows it: relative to the folder that was given, or all of the path where that is not enough. Stays on this machine. */
  name: string;
  file: string;
}

/**
 * The files that a user means: those named, and those directly in the folders named, in the order of their names.
 * What a file is, its content decides later; only hidden files are passed over, because systems leave them everywhere.
 */
export async function collectPhotos(places: readonly string[]): Promise<PhotoFile[]> {
  const found: PhotoFile[] = [];
  for (const place of places) found.push(...(await photosAt(place)));
  const once = [...new Map(found.map((photo) => [path.resolve(photo.file), photo])).values()];
  const count = new Map<string, number>();
  for (const { name } of once) count.set(name, (count.get(name) ?? 0) + 1);
  // Of two files with one name in two folders, a verdict must say which.
  return once.map(({ name, file }) => ({ name: (count.get(name) ?? 0) > 1 ? file : name, file }));
}

/** A folder that is called like a photo is said to be none, instead of being passed over. */
function isPhotoName(name: string): boolean {
  return /\.(jpe?g|png|webp|avif|tiff?|hei[cf])$/i.test(name);
}

async function photosAt(place: string): Promise<PhotoFile[]> {
  const what = await stat(place).catch((error: unknown) => {
    throw new InputError(
      `There is no file or folder ${place} that can be read (${errorCode(error)}); check the path`,
    );
  });
  if (!what.isDirectory()) return [{ name: path.basename(place), file: place }];
  const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError(`The folder ${place} cannot be read (${errorCode(error)}); check its permissions`);
  });
  const names = entries
    .filter((entry) => !entry.name.startsWith('.') && (!entry.isDirectory() || isPhotoName(entry.name)))
    .map((entry) => entry.name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length === 0) {
    const folders = entries.filter((entry) => entry.isDirectory()).length;
    const hint = folders > 0 ? `; it has ${folders} folders inside, name the one with the photos` : '';
    throw new InputError(`The folder ${place} holds no photos${hint}`);
  }
  return names.map((name) => ({ name, file: path.join(place, name) }));
}
