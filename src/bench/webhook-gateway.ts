import { startGateway } from '../gateway/server';
import { accessTo } from '../temporal-connection';

const SECRET = 'a-secret-of-the-benchmark-that-protects-nothing';

/** The gateway, and the variables that make a worker ask for deliveries to it. */
export async function startWebhookGateway(
  temporalAddress: string,
): Promise<{ env: Record<string, string>; close: () => Promise<void> }> {
  const gateway = await startGateway({
    access: accessTo(temporalAddress),
    host: '127.0.0.1',
    port: 0,
    secrets: [SECRET],
    api: null,
    log: () => undefined,
  });
  return {
    env: { DARKROOM_PUBLIC_URL: gateway.url, DARKROOM_WEBHOOK_SECRETS: SECRET },
    close: () => gateway.close(),
  };
}
