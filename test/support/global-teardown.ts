import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { TEST_FOLDER_VARIABLE } from './test-server';

export default async function globalTeardown(): Promise<void> {
  const replayer = globalThis.darkroomReplayer;
  if (replayer?.kill() === true) await once(replayer, 'exit');
  await globalThis.darkroomTestServer?.stop();
  const folder = process.env[TEST_FOLDER_VARIABLE];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
