import type { EnvReader } from './env-reader';

/** Where deliveries of a provider reach us, and what signs the addresses. */
export interface WebhookConfig {
  /** Null: no provider is asked for deliveries. */
  readonly publicUrl: string | null;
  /** The first signs new addresses; all of them verify, so that one can be replaced while trainings run. */
  readonly secrets: readonly string[];
}

/** As many characters as 128 bits have in hexadecimal. */
const SHORTEST_SECRET = 32;

export function readWebhooks(env: EnvReader): WebhookConfig {
  const publicUrl = env.url('DARKROOM_PUBLIC_URL');
  const given = env.text('DARKROOM_WEBHOOK_SECRETS');
  const secrets = env.secrets('DARKROOM_WEBHOOK_SECRETS', { minLength: SHORTEST_SECRET });
  env.demand(
    publicUrl === null || given !== null,
    'DARKROOM_WEBHOOK_SECRETS: expected at least one secret where DARKROOM_PUBLIC_URL is set, the same for workers and gateways, such as openssl rand -hex 32 prints',
  );
  return { publicUrl, secrets };
}
