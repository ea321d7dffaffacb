import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** Why `file` cannot be run (a clause), or null when it can. */
export async function whyNotExecutable(file: string): Promise<string | null> {
  try {
    // A folder passes the X_OK check too, so look first.
    if (!(await stat(file)).isFile()) return 'is not a file';
  } catch {
    return 'does not exist';
  }
  return access(file, constants.X_OK).then(
    () => null,
    () => 'is not executable',
  );
}

/** The first executable called `name` on a PATH-like list, or null. Relative entries are ignored: they depend on the current folder. */
export async function findExecutable(name: string, searchPath: string): Promise<string | null> {
  const fileName = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of searchPath.split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, fileName);
    if ((await whyNotExecutable(file)) === null) return file;
  }
  return null;
}
