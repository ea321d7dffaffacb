import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode } from '../error-facts';
import { API_SCOPES, type ApiKey } from '../gateway/api/api-key';
import { InputError } from './input-error';
import { writeWhole } from './write-whole';

const keysSchema = z.array(
  z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    scopes: z.array(z.enum(API_SCOPES)).min(1),
  }),
);

/** @throws InputError that names the file and each entry that is wrong */
export async function readApiKeys(file: string): Promise<ApiKey[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new InputError(
      `The file of API keys ${file} cannot be read (${errorCode(error)}); darkroom api-key NAME --file ${file} makes it`,
    );
  });
  return parsed(file, text);
}

/** Adds one; several of one name are a rotation, and all of them are taken until somebody removes the old one. */
export async function addApiKey(file: string, key: ApiKey): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '[]';
    throw new InputError(`The file of API keys ${file} cannot be read (${errorCode(error)})`);
  });
  const keys = [...parsed(file, text), key];
  await writeWhole(file, `[\n${keys.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`).catch(
    (error: unknown) => {
      throw new InputError(`The file of API keys ${file} cannot be written (${errorCode(error)})`);
    },
  );
}

function parsed(file: string, text: string): ApiKey[] {
  const keys = keysSchema.safeParse(json(file, text));
  if (keys.success) return keys.data;
  const problems = keys.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new InputError(`The file of API keys ${file} is not right:\n${problems.join('\n')}`);
}

function json(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`The file of API keys ${file} is not JSON`);
  }
}
