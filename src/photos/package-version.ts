import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** The installed version of a package that may be left out at installation; null where it was. Loads nothing of it. */
export function packageVersion(name: string): string | null {
  try {
    const { version } = load(`${name}/package.json`) as { version: string };
    return version;
  } catch {
    return null;
  }
}
