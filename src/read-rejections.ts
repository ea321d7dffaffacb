import type { PhotoReason } from './contract/photo';
import { errorCode } from './error-facts';

/** What the system's refusal to open or read one file says of that file. */
const REJECTIONS: Partial<Record<string, PhotoReason>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
  EISDIR: 'unreadable',
  ELOOP: 'unreadable',
  ENAMETOOLONG: 'unreadable',
  ENXIO: 'unreadable',
  // A bad sector: the other photos can be read.
  EIO: 'unreadable',
  ERR_INVALID_ARG_VALUE: 'unreadable',
};

/** Null where it says nothing of the file and may pass, such as too many open files (EMFILE). */
export function readRejection(error: unknown): PhotoReason | null {
  return REJECTIONS[String(errorCode(error))] ?? null;
}
