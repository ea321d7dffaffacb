import path from 'node:path';
import { limitsFile } from '../accounts/limits-file';
import { readConfig, type Config } from '../config';
import { SEARCH_ATTRIBUTES } from '../contract/names';
import type { FaultProfile } from '../sandbox/fault-profile';
import { temporalUiAt } from '../temporal-ui';
import { startGateway, type Gateway } from '../gateway/server';
import { startSandbox, type Sandbox } from '../sandbox/server';
import {
  assertPortFree,
  resolveTemporalCli,
  startTemporalServer,
  type TemporalServer,
} from '../temporal-server';
import { accessTo } from '../temporal-connection';
import { preferSmallHeap } from '../small-heap';
import { installRuntime } from '../worker-runtime';
import { appendLine } from './append-line';
import { removeDevFile, runningDev, writeDevFile, type DevFile } from './dev-file';
import { InputError } from './input-error';
import { isListening } from './is-listening';
import { homeSecret } from './home-secret';
import { jsonLines } from './json-lines';
import { gatewayApi } from './gateway-api';
import { keepTrainings } from './keep-trainings';
import { runWorker } from './run-worker';
import { SANDBOX_KEY, sandboxSettings } from './sandbox-settings';

export interface StackOptions {
  home: string;
  port: number;
  uiPort: number;
  httpPort: number;
  gatewayPort: number;
  trainMs: number;
  /** How the sandbox misbehaves. */
  profile?: FaultProfile | null;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Temporal with its UI, the sandbox where no provider is configured, a gateway, and a worker: all on this machine. */
export interface LocalStack {
  readonly dev: DevFile;
  readonly gatewayUrl: string;
  /** A provider was named, and no key for it. */
  readonly hasNoKey: boolean;
  /** Ends when the worker ends, by the signal or by itself. */
  readonly worker: Promise<void>;
  /** Ends if the Temporal server does, which nobody asked for. */
  readonly serverGone: Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalStack(options: StackOptions): Promise<LocalStack> {
  const config = readConfig({ DARKROOM_HOME: options.home });
  limitsFile(config.accountsFile); // one that is wrong is said before anything runs
  const other = runningDev(config.home);
  if (other !== null && (await isListening(other.temporal))) {
    throw new InputError(
      `Another darkroom runs on ${config.home} already; stop it, or choose another folder with --home`,
    );
  }
  const temporal = await startTemporal(config, options);
  let sandbox: Sandbox | null = null;
  let gateway: Gateway | null = null;
  try {
    sandbox = config.apiframe.baseUrl === null ? await startHomeSandbox(config, options) : null;
    await keepTrainings(temporal.address, 'default');
    const secrets =
      config.webhooks.secrets.length > 0
        ? config.webhooks.secrets
        : [await homeSecret(config.home, 'webhook')];
    gateway = await startHomeGateway(temporal, secrets, config, options);
    return await withWorker({ temporal, sandbox, gateway, secrets }, config, options);
  } catch (error) {
    await Promise.all([temporal.stop(), sandbox?.close(), gateway?.close()]);
    throw error;
  }
}

async function startHomeGateway(
  temporal: TemporalServer,
  secrets: readonly string[],
  config: Config,
  { gatewayPort }: StackOptions,
): Promise<Gateway> {
  const host = '127.0.0.1';
  const access = accessTo(temporal.address);
  if (gatewayPort !== 0) await assertPortFree(gatewayPort, '--gateway-port');
  const log = jsonLines(appendLine(path.join(config.home, 'gateway.log')));
  return startGateway({
    access,
    host,
    port: gatewayPort,
    secrets,
    api: (await gatewayApi(config, { host, temporalUi: temporalUiAt(temporal.uiUrl, access) })).api,
    log,
  });
}

async function startTemporal(
  config: Config,
  { port, uiPort, httpPort, say, signal }: StackOptions,
): Promise<TemporalServer> {
  const { path: cli } = await resolveTemporalCli({
    cliPath: config.temporal.cliPath,
    searchPath: config.temporal.searchPath,
    cacheDir: config.cacheDir,
    onStep: say,
    signal,
  });
  return startTemporalServer({
    cli,
    port,
    uiPort,
    httpPort,
    dbFile: path.join(config.home, 'temporal.db'),
    logFile: path.join(config.home, 'temporal.log'),
    searchAttributes: SEARCH_ATTRIBUTES,
  });
}

/** The ledger stays in the home, so that a training survives a restart of everything. */
function startHomeSandbox({ home }: Config, { trainMs, profile }: StackOptions): Promise<Sandbox> {
  return startSandbox({
    apiKey: SANDBOX_KEY,
    pace: { uploadMs: 1000, trainMs, uploadTtlMs: 3_600_000 },
    profile: profile ?? null,
    ledgerFile: path.join(home, 'sandbox-ledger.json'),
  });
}

interface Parts {
  temporal: TemporalServer;
  sandbox: Sandbox | null;
  gateway: Gateway;
  secrets: readonly string[];
}

async function withWorker(
  { temporal, sandbox, gateway, secrets }: Parts,
  given: Config,
  { say, signal }: StackOptions,
): Promise<LocalStack> {
  const { home, storeDir, photosDir } = given;
  const config = readConfig({
    DARKROOM_HOME: home,
    ...sandboxSettings({ sandbox: sandbox?.url ?? null }, given),
    DARKROOM_WEBHOOK_SECRETS: secrets.join(','),
    DARKROOM_CALLBACK_SECRETS:
      given.callbacks.secrets.length > 0
        ? given.callbacks.secrets.join(',')
        : await homeSecret(home, 'callback'),
    // A provider out there reaches this machine only where somebody says how.
    DARKROOM_PUBLIC_URL: given.webhooks.publicUrl ?? (sandbox === null ? undefined : gateway.url),
  });
  const dev: DevFile = {
    pid: process.pid,
    temporal: temporal.address,
    namespace: 'default',
    http: temporal.httpUrl,
    ui: temporal.uiUrl ?? '',
    sandbox: sandbox?.url ?? null,
    home,
    store: storeDir,
    photos: photosDir,
  };
  preferSmallHeap(); // before the heap of the workflows is made, which takes it over
  installRuntime(appendLine(path.join(home, 'worker.log')));
  const worker = await startedWorker(config, temporal, { say, signal });
  await writeDevFile(dev);
  return {
    dev,
    gatewayUrl: gateway.url,
    hasNoKey: config.apiframe.apiKey === null,
    worker: worker.ended,
    serverGone: temporal.exited.then(() => undefined),
    async stop() {
      removeDevFile(home);
      await Promise.all([sandbox?.close(), gateway.close()]);
      await temporal.stop();
    },
  };
}

/** Resolves when the worker takes work, with the promise of its end. */
async function startedWorker(
  config: Config,
  { address }: TemporalServer,
  hooks: Pick<StackOptions, 'say' | 'signal'>,
) {
  let ended: Promise<void> = Promise.resolve();
  await new Promise<void>((onReady, onFailure) => {
    ended = runWorker(config, accessTo(address), { ...hooks, onReady });
    ended.catch(onFailure);
  });
  return { ended };
}
