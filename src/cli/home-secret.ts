import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';

/** The webhook secret of a home, made at the first start, so that addresses stay valid over a restart. */
export async function homeSecret(home: string): Promise<string> {
  const file = path.join(home, 'webhook-secret');
  await mkdir(home, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
