import type { Config } from '../config';
import { shapeVariables } from '../config/tryiton-settings';
import { SANDBOX_TRYITON_SHAPE } from '../sandbox/tryiton/shape';
import type { DevFile } from './dev-file';

/** The sandbox charges nobody, so its key is no secret. */
export const SANDBOX_KEY = 'sandbox-key';

/**
 * What leads a process to the sandbox of `dev`, by variable name; nothing where `dev` drives a configured provider.
 * A sandbox training takes seconds, so it is looked at more often than a real one.
 */
export function sandboxSettings(
  dev: Pick<DevFile, 'sandbox'> | null,
  { tryiton }: Pick<Config, 'tryiton'>,
): Record<string, string> {
  if (dev === null || dev.sandbox === null) return {};
  return {
    APIFRAME_BASE_URL: dev.sandbox,
    APIFRAME_API_KEY: SANDBOX_KEY,
    APIFRAME_AUTH: 'raw',
    ...(tryiton.baseUrl === null && {
      TRYITON_BASE_URL: `${dev.sandbox}/tryiton`,
      TRYITON_API_KEY: SANDBOX_KEY,
      ...shapeVariables(SANDBOX_TRYITON_SHAPE),
    }),
    DARKROOM_POLL_FIRST: '1s',
    DARKROOM_POLL_MAX: '10s',
  };
}
