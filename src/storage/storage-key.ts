import { StorageError } from './port';

const KEY_PART = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The parts of a key. The same rule for every kind of store: none leaves its place, whatever a key says, and what was
 * written to one can be copied into another.
 *
 * @throws StorageError
 */
export function keyParts(key: string): string[] {
  const parts = key.split('/');
  if (parts.every((part) => KEY_PART.test(part))) return parts;
  throw new StorageError(`"${key}" is not a storage key`, 'mend');
}
