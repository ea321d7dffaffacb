import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '../error-facts';
import { StorageError, type Storage } from './port';

/** A store in a folder of this machine. It never leaves the folder, whatever a key says. */
export function filesystemStorage(root: string): Storage {
  return {
    async put(key, bytes) {
      const file = fileOf(root, key);
      await attempt(root, async () => {
        await mkdir(path.dirname(file), { recursive: true });
        await writeWhole(file, bytes);
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
  };
}

/** Temporary file beside the final one, flushed, then renamed: a crash leaves the old state or the new one. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

const KEY_PART = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

function fileOf(root: string, key: string): string {
  if (!key.split('/').every((part) => KEY_PART.test(part))) {
    throw new StorageError(`"${key}" is not a storage key`, 'mend');
  }
  return path.join(root, ...key.split('/'));
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
    const code = String(errorCode(error) ?? errorMessage(error));
    const remedy = NEEDS_A_PERSON.has(code) ? 'mend' : 'wait';
    throw new StorageError(`The store ${root} cannot be used (${code})`, remedy);
  }
}

function absentAsNull(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
