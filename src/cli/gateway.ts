import { readConfig } from '../config';
import { temporalUiAt } from '../temporal-ui';
import { startGateway } from '../gateway/server';
import { startTracing } from '../monitoring/tracing';
import { assertPortFree } from '../temporal-server';
import { preferSmallHeap } from '../small-heap';
import { accessFromEnvironment, accessTo, addressOf } from '../temporal-connection';
import { runningDev } from './dev-file';
import { InputError } from './input-error';
import { startGatewayMonitor } from './gateway-monitor';
import { gatewayApi } from './gateway-api';
import { jsonLines } from './json-lines';
import type { HomeOption } from './reach';
import { portOption } from './read-option';
import { aborted, stopSignal } from './stop-signal';

/** `darkroom gateway`: takes deliveries and requests until it is stopped. */
export async function gateway({
  home,
  host,
  port: given,
}: HomeOption & { host: string; port: string }): Promise<void> {
  preferSmallHeap();
  const port = portOption('--port', given);
  const config = readConfig({ DARKROOM_HOME: home });
  const dev = config.temporal.isConfigured ? null : runningDev(config.home);
  const access = dev === null ? accessFromEnvironment() : accessTo(dev.temporal, dev.namespace);
  const { api, notice } = await gatewayApi(config, {
    host,
    temporalUi: temporalUiAt(config.temporal.uiUrl ?? dev?.ui ?? null, access),
  });
  if (config.webhooks.secrets.length === 0 && api === null)
    throw new InputError(
      `Nothing to do: ${notice}, and no deliveries are taken without DARKROOM_WEBHOOK_SECRETS, the same as the workers have (openssl rand -hex 32 makes one)`,
    );
  if (port !== 0) await assertPortFree(port, '--port');
  const monitor = config.monitor === null ? null : await startGatewayMonitor(config.monitor, access);
  const tracing = config.tracing.isOn ? await startTracing('darkroom-gateway') : null;
  const server = await startGateway({
    access,
    host,
    port,
    secrets: config.webhooks.secrets,
    api,
    log: jsonLines((line) => void process.stderr.write(`${line}\n`)),
    metrics: monitor?.metrics ?? null,
    ...(tracing !== null && { interceptors: tracing.client }),
  });
  const { publicUrl, secrets } = config.webhooks;
  const deliveries =
    secrets.length === 0
      ? 'no deliveries are taken (DARKROOM_WEBHOOK_SECRETS)'
      : `from outside ${publicUrl ?? 'not configured (DARKROOM_PUBLIC_URL)'}`;
  process.stdout.write(
    `Gateway ready: ${server.url} · Temporal ${addressOf(access)} · ${deliveries} · ${notice}\n`,
  );
  await aborted(stopSignal());
  await server.close();
  await monitor?.close();
  await tracing?.close();
}
