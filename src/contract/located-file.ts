/**
 * A file that was looked at and may be read, for the process that will read it: it checks that this is still the file,
 * because a name may be given to another one meanwhile.
 */
export interface LocatedFile {
  path: string;
  device: number;
  inode: number;
  bytes: number;
  modifiedMs: number;
}
