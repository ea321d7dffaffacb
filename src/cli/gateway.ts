import { readConfig } from '../config';
import { startGateway } from '../gateway/server';
import { assertPortFree } from '../temporal-server';
import { preferSmallHeap } from '../small-heap';
import { accessFromEnvironment, accessTo, addressOf } from '../temporal-connection';
import { runningDev } from './dev-file';
import { InputError } from './input-error';
import { jsonLines } from './json-lines';
import type { HomeOption } from './reach';
import { portOption } from './read-option';
import { aborted, stopSignal } from './stop-signal';

/** `darkroom gateway`: takes deliveries until it is stopped. */
export async function gateway({
  home,
  host,
  port: given,
}: HomeOption & { host: string; port: string }): Promise<void> {
  preferSmallHeap();
  const port = portOption('--port', given);
  const config = readConfig({ DARKROOM_HOME: home });
  if (config.webhooks.secrets.length === 0)
    throw new InputError(
      'A gateway needs DARKROOM_WEBHOOK_SECRETS, the same as the workers have; openssl rand -hex 32 makes one',
    );
  const dev = config.temporal.isConfigured ? null : runningDev(config.home);
  const access = dev === null ? accessFromEnvironment() : accessTo(dev.temporal, dev.namespace);
  if (port !== 0) await assertPortFree(port, '--port');
  const server = await startGateway({
    access,
    host,
    port,
    secrets: config.webhooks.secrets,
    log: jsonLines((line) => void process.stderr.write(`${line}\n`)),
  });
  const { publicUrl } = config.webhooks;
  process.stdout.write(
    `Gateway ready: ${server.url} · Temporal ${addressOf(access)} · from outside ${publicUrl ?? 'not configured (DARKROOM_PUBLIC_URL)'}\n`,
  );
  await aborted(stopSignal());
  await server.close();
}
