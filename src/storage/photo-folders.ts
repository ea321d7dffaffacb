import type { PhotoRef } from '../contract/photo';
import { StorageError } from './port';

/** What lies right below a place, a folder each. */
export interface PhotoFolder {
  name: string;
  /** In the order of their names. Hidden files are passed over, because systems leave them everywhere. */
  photos: PhotoRef[];
}

/** Where the workers read photos, seen as folders. */
export interface PhotoFolders {
  /**
   * @param under such as `file:people` or `s3://bucket/people`
   * @throws StorageError that names the place, where it is not there, or is not allowed
   */
  below(under: string, signal: AbortSignal): AsyncIterable<PhotoFolder>;
}

export function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Out of several, by what a place begins with. */
export function foldersByScheme(sources: Readonly<Record<string, PhotoFolders>>): PhotoFolders {
  return {
    below(under, signal) {
      const source = sources[under.slice(0, under.indexOf(':') + 1)];
      if (source !== undefined) return source.below(under, signal);
      throw new StorageError(
        `${under} has no folders; name a place such as file:people or s3://bucket/people`,
        'mend',
      );
    },
  };
}
