import path from 'node:path';
import type { EnvReader } from './env-reader';

/** Who may use the HTTP API of the gateway. */
export interface ApiConfig {
  /** Written by `darkroom api-key`; null: no keys are asked for, which a gateway on a loopback address alone agrees to. */
  readonly keysFile: string | null;
  /** Of each key. */
  readonly requestsAMinute: number;
}

export function readApi(env: EnvReader): ApiConfig {
  const file = env.text('DARKROOM_API_KEYS_FILE');
  return {
    keysFile: file === null ? null : path.resolve(file),
    requestsAMinute: env.count('DARKROOM_API_REQUESTS_A_MINUTE', { min: 1 }) ?? 6000,
  };
}
