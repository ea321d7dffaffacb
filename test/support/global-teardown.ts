import { rmSync } from 'node:fs';
import { TEST_FOLDER_VARIABLE } from './test-server';

export default async function globalTeardown(): Promise<void> {
  await globalThis.darkroomTestServer?.stop();
  const folder = process.env[TEST_FOLDER_VARIABLE];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
