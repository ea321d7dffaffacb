import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';
import { byName, type PhotoFolder, type PhotoFolders } from './photo-folders';
import { IMPORTED_FOLDER } from './photo-shelf';
import { StorageError } from './port';

const SCHEME = 'file:';

/** Folders below the photos folder. Links to elsewhere are no folders of it. */
export function fileFolders(root: string): PhotoFolders {
  return {
    async *below(under, signal) {
      const place = path.posix.join(under.slice(SCHEME.length), '.').replace(/\/+$|^\.$/, '');
      const { names, folder, realRoot } = await namesIn(place);
      for (const name of names) {
        signal.throwIfAborted();
        const found = await folderAt(realRoot, folder, place, name);
        if (found !== null) yield found;
      }
    },
  };

  async function namesIn(place: string) {
    try {
      const realRoot = await realpath(root);
      const folder = await realpath(path.resolve(realRoot, place));
      if (!isWithin(folder, realRoot))
        throw new StorageError(
          `${SCHEME}${place} leads out of the photos folder of the worker; name a folder below it`,
          'mend',
        );
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('.') && !(place === '' && name === IMPORTED_FOLDER));
      return { names: names.sort(byName), folder, realRoot };
    } catch (error) {
      if (error instanceof StorageError) throw error;
      throw new StorageError(
        `There is no folder ${SCHEME}${place} that the worker can read (${errorCode(error)}); check the name below its photos folder`,
        'mend',
      );
    }
  }
}

/** Null where it is no folder, or one that is gone or cannot be read: the others go on. */
async function folderAt(
  realRoot: string,
  parent: string,
  place: string,
  name: string,
): Promise<PhotoFolder | null> {
  try {
    const folder = await realpath(path.join(parent, name));
    if (!isWithin(folder, realRoot)) return null;
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'));
    const prefix = [place, name].filter((part) => part !== '').join('/');
    return {
      name,
      photos: files
        .map((file) => file.name)
        .sort(byName)
        .map((file) => `${SCHEME}${prefix}/${file}`),
    };
  } catch (error) {
    if (['ENOTDIR', 'ENOENT', 'EACCES', 'ELOOP'].includes(String(errorCode(error)))) return null;
    throw new StorageError(`The folder ${SCHEME}${place} cannot be read (${errorCode(error)})`, 'wait');
  }
}

function isWithin(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}
