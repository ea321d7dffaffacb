import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';
import { InputError } from './input-error';

const LENGTH = 64;

/** The webhook secret of a home, made at the first start, so that addresses stay valid over a restart. */
export async function homeSecret(home: string): Promise<string> {
  const file = path.join(home, 'webhook-secret');
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(home, { recursive: true });
  try {
    // Whole or not at all: half a secret would sign, and could be guessed.
    await writeFile(temporary, randomBytes(LENGTH / 2).toString('hex'), { mode: 0o600 });
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length >= LENGTH) return secret;
  throw new InputError(`${file} is not a whole secret; delete it, and dev makes another one`);
}
