import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestRow, RowProblem } from '../batches/manifest-row';
import { readManifest, type ManifestFormat } from '../batches/read-manifest';
import { MAX_PHOTOS_PER_REQUEST } from '../contract/photo-limits';
import { errorCode, errorMessage } from '../error-facts';
import { collectPhotos, type PhotoFile } from './collect-photos';
import { InputError } from './input-error';

/** A row with what is to be trained: files of this machine, or references that a worker reads. */
export interface FoundRow extends Pick<ManifestRow, 'row' | 'request'> {
  /** Files lie below `root`, links followed. */
  photos: { files: PhotoFile[]; root: string } | { refs: readonly string[] };
}

interface FoundRows {
  rows: FoundRow[];
  problems: RowProblem[];
}

const REFERENCE = /^(file:|s3:\/\/|https:\/\/)/;
const FORMATS: Readonly<Record<string, ManifestFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/**
 * Reads a manifest, and finds the photos of each row below the folder that the manifest is in.
 *
 * @throws InputError · ManifestError
 */
export async function findRows(file: string): Promise<FoundRows> {
  const format = FORMATS[path.extname(file).toLowerCase()];
  if (format === undefined)
    throw new InputError(
      `${file} is no manifest by its name; manifests end in ${Object.keys(FORMATS).join(', ')}`,
    );
  const bytes = await manifestBytes(file);
  const { rows, problems } = readManifest(bytes, format);
  const root = await realpath(path.dirname(file));
  const found: FoundRow[] = [];
  const all = [...problems];
  for (const row of rows) {
    try {
      found.push({ row: row.row, request: row.request, photos: await photosOf(row, root) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      all.push({ row: row.row, message: errorMessage(error) });
    }
  }
  return { rows: found, problems: all.sort((a, b) => a.row - b.row) };
}

/** Fifty thousand rows with a dozen links each. */
const MAX_MANIFEST_BYTES = 256 * 1024 ** 2;

async function manifestBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_MANIFEST_BYTES) return await readFile(file);
  } catch (error) {
    throw new InputError(`The manifest ${file} cannot be read (${errorCode(error)}); check the path`);
  }
  throw new InputError(`The manifest ${file} has more than 256 MB; make several of it`);
}

async function photosOf({ photos }: ManifestRow, root: string): Promise<FoundRow['photos']> {
  const refs = photos.filter((one) => REFERENCE.test(one));
  if (refs.length === photos.length) return { refs };
  if (refs.length > 0) throw new InputError('photos: folders and references are mixed; name one kind');
  const folders: string[] = [];
  for (const folder of photos) folders.push(await folderBelow(root, folder));
  const files = await collectPhotos(folders);
  if (files.length > MAX_PHOTOS_PER_REQUEST)
    throw new InputError(`photos: ${files.length} files are more than ${MAX_PHOTOS_PER_REQUEST}`);
  return { files, root };
}

/** A manifest may come from anybody; what lies beside it is all that it may name. */
async function folderBelow(root: string, folder: string): Promise<string> {
  const target = path.resolve(root, folder);
  const real = await realpath(target).catch((error: unknown) => {
    throw new InputError(`photos: there is no folder ${folder} beside the manifest (${errorCode(error)})`);
  });
  if (real !== root && !real.startsWith(root + path.sep))
    throw new InputError(`photos: ${folder} leads out of the folder that the manifest is in`);
  return real;
}

export function problemLine({ row, message }: RowProblem): string {
  return `row ${row}: ${message}`;
}
