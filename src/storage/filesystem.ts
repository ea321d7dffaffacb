import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '../error-facts';
import { StorageError, type Storage } from './port';
import { keyParts } from './storage-key';

/** A store in a folder of this machine. It never leaves the folder, whatever a key says. */
export function filesystemStorage(root: string): Storage {
  const storage: Storage = {
    async put(key, bytes) {
      const file = fileOf(root, key);
      await attempt(root, async () => {
        await mkdir(path.dirname(file), { recursive: true });
        await writeWhole(file, bytes);
      });
    },
    async create(key, bytes) {
      const file = fileOf(root, key);
      return attempt(root, async () => {
        await mkdir(path.dirname(file), { recursive: true });
        return createWhole(file, bytes);
      });
    },
    async list(prefix) {
      const folder = fileOf(root, prefix);
      return attempt(root, async () => {
        const names = (await readdir(folder).catch(absentAsNull)) ?? [];
        return names.filter((name) => !name.endsWith('.tmp')).map((name) => `${prefix}/${name}`);
      });
    },
    async has(key) {
      const file = fileOf(root, key);
      return attempt(root, async () => (await stat(file).catch(absentAsNull)) !== null);
    },
    async get(key) {
      const file = fileOf(root, key);
      return attempt(root, () => readFile(file).catch(absentAsNull));
    },
    async prove() {
      const key = `probe/${randomUUID()}`;
      const bytes = Buffer.from(key);
      try {
        const answers = await Promise.all([storage.create(key, bytes), storage.create(key, bytes)]);
        if (answers[0] === answers[1])
          throw unusable(root, 'it lets two create the same file; put it on another file system', 'mend');
        if ((await storage.get(key))?.equals(bytes) !== true)
          throw unusable(root, 'it gives back other bytes than were written', 'mend');
      } finally {
        await rm(fileOf(root, key), { force: true }).catch(() => undefined);
      }
    },
  };
  return storage;
}

function unusable(root: string, why: string, remedy: StorageError['remedy']): StorageError {
  return new StorageError(`The store ${root} cannot be used (${why})`, remedy);
}

/** Temporary file beside the final one, flushed, then renamed: a crash leaves the old state or the new one. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const temporary = await writeTemporary(file, bytes);
  try {
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * A second name for a file that is whole already: `link` fails where the name is taken, and nobody ever reads half an
 * object, as one could behind `open` with `wx`. The folder is flushed too, or a power cut could forget the name.
 */
async function createWhole(file: string, bytes: Buffer): Promise<'created' | 'exists'> {
  const temporary = await writeTemporary(file, bytes);
  try {
    await link(temporary, file);
    await flushFolder(path.dirname(file));
    return 'created';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return 'exists';
    if (NO_LINKS.has(String(code))) throw new ExclusiveCreateError(code);
    throw error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** What `link` answers on a file system without hard links, such as FAT and some network mounts. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']);

class ExclusiveCreateError extends Error {
  constructor(code: unknown) {
    super(`it cannot create a file exclusively, ${String(code)}; put it on a file system with hard links`);
  }
}

async function writeTemporary(file: string, bytes: Buffer): Promise<string> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return temporary;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function fileOf(root: string, key: string): string {
  return path.join(root, ...keyParts(key));
}

/** Where a person must act; the rest (EIO, ENOSPC, EMFILE, ...) may pass. */
const NEEDS_A_PERSON = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'ELOOP',
  'ENAMETOOLONG',
]);

async function attempt<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExclusiveCreateError) throw unusable(root, error.message, 'mend');
    const code = String(errorCode(error) ?? errorMessage(error));
    throw unusable(root, code, NEEDS_A_PERSON.has(code) ? 'mend' : 'wait');
  }
}

function absentAsNull(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
