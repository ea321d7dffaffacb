import { isCallbackSecret } from '../callbacks/sign';
import type { EnvReader } from './env-reader';

/** How those who asked for it are told that a training has ended. */
export interface CallbackConfig {
  /** Each signs; none: requests that ask for a callback are refused. */
  readonly secrets: readonly string[];
  /** Of one's own network, besides https on the internet. */
  readonly origins: readonly string[];
}

export function readCallbacks(env: EnvReader): CallbackConfig {
  const secrets = env.secrets('DARKROOM_CALLBACK_SECRETS', { minLength: 38 });
  env.demand(
    secrets.every(isCallbackSecret),
    'DARKROOM_CALLBACK_SECRETS: expected whsec_ and the base64 of 24 to 64 random bytes, such as echo "whsec_$(openssl rand -base64 32)" prints (the value is not shown)',
  );
  const origins = env.parsed(
    'DARKROOM_CALLBACK_ORIGINS',
    'origins such as http://backend:8080,https://hooks.internal.example, separated by commas and without a path',
    (text) => {
      const all = text.split(',').map((one) => originOf(one.trim()));
      return all.every((one) => one !== null) ? all : null;
    },
  );
  return { secrets, origins: origins ?? [] };
}

function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, href, protocol } = new URL(text);
  const isBare = href === `${origin}/`;
  return isBare && ['http:', 'https:'].includes(protocol) ? origin : null;
}
