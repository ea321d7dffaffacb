import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';
import { InputError } from './input-error';

const BYTES = 32;

/** The secrets of a home, made at its first start, so that what they signed stays valid over a restart. */
const SECRETS = {
  webhook: { file: 'webhook-secret', make: () => randomBytes(BYTES).toString('hex'), length: 2 * BYTES },
  callback: {
    file: 'callback-secret',
    make: () => `whsec_${randomBytes(BYTES).toString('base64')}`,
    length: 'whsec_'.length + 4 * Math.ceil(BYTES / 3),
  },
} as const;

export async function homeSecret(home: string, purpose: keyof typeof SECRETS): Promise<string> {
  const { make, length, file: name } = SECRETS[purpose];
  const file = path.join(home, name);
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(home, { recursive: true });
  try {
    // Whole or not at all: half a secret would sign, and could be guessed.
    await writeFile(temporary, make(), { mode: 0o600 });
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length >= length) return secret;
  throw new InputError(`${file} is not a whole secret; delete it, and dev makes another one`);
}
