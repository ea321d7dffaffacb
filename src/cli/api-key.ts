import path from 'node:path';
import { readConfig } from '../config';
import { API_SCOPES, newApiKey, type ApiScope } from '../gateway/api/api-key';
import { addApiKey } from './api-keys-file';
import { InputError } from './input-error';

/** `darkroom api-key NAME`: makes a key for the HTTP API and shows it, the only time; the file keeps its hash. */
export async function apiKey(
  name: string,
  { file, scopes }: { file?: string; scopes: string },
): Promise<void> {
  const target = file === undefined ? readConfig().api.keysFile : path.resolve(file);
  if (target === null)
    throw new InputError('Where are API keys kept? Name it with --file, or set DARKROOM_API_KEYS_FILE');
  const { key, kept } = newApiKey(name, readScopes(scopes));
  await addApiKey(target, kept);
  process.stdout.write(`${key}\n`);
  process.stderr.write(
    `Shown this once; ${target} keeps its hash. Gateways that start from now on know it. To replace an old key, remove its line there.\n`,
  );
}

function readScopes(text: string): ApiScope[] {
  const given = text.split(',').map((one) => one.trim());
  return given.map((one) => {
    const scope = API_SCOPES.find((known) => known === one);
    if (scope === undefined)
      throw new InputError(`--scopes expects some of ${API_SCOPES.join(', ')}, received "${one}"`);
    return scope;
  });
}
