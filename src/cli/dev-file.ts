import { readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a running `dev` tells the other commands: `HOME/dev.json`. */
const devFileSchema = z.strictObject({
  pid: z.int(),
  temporal: z.string(),
  namespace: z.string(),
  /** Temporal's own HTTP API. */
  http: z.string(),
  ui: z.string(),
  /** Null where every provider's base URL was configured. */
  sandbox: z.string().nullable(),
  home: z.string(),
  store: z.string(),
  photos: z.string(),
});
export type DevFile = z.infer<typeof devFileSchema>;

const fileIn = (home: string) => path.join(home, 'dev.json');

export async function writeDevFile(dev: DevFile): Promise<void> {
  await mkdir(dev.home, { recursive: true });
  await writeFile(fileIn(dev.home), `${JSON.stringify(dev, null, 2)}\n`);
}

export function removeDevFile(home: string): void {
  rmSync(fileIn(home), { force: true });
}

/** The `dev` that runs on this home, or null. A file left behind by a crash counts as none. */
export function runningDev(home: string): DevFile | null {
  try {
    const dev = devFileSchema.parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
    process.kill(dev.pid, 0);
    // In a container every start has the same number.
    return dev.pid === process.pid ? null : dev;
  } catch {
    return null;
  }
}
