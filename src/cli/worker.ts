import { limitsFile } from '../accounts/limits-file';
import { readConfig, type Config } from '../config';
import { missingForTryiton } from '../config/tryiton-settings';
import { TRAINING_TASK_QUEUE } from '../contract/names';
import { accessFromEnvironment, accessTo, addressOf } from '../temporal-connection';
import type { MonitorAddress } from '../monitoring/monitor-server';
import { startTracing } from '../monitoring/tracing';
import { startWorkerMonitor, type WorkerMonitor } from '../monitoring/worker-monitor';
import { assertPortFree } from '../temporal-server';
import { freePort } from '../temporal-server/free-port';
import { preferSmallHeap } from '../small-heap';
import { installRuntime } from '../worker-runtime';
import { runningDev } from './dev-file';
import { InputError } from './input-error';
import type { HomeOption } from './reach';
import { runWorker } from './run-worker';
import { sandboxSettings } from './sandbox-settings';
import { stopSignal } from './stop-signal';

/** `darkroom worker`: waits for the server if it must, works until SIGTERM, finishes what is in hand. */
export async function worker({ home, queues }: HomeOption & { queues?: string }): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const chosen = { DARKROOM_HOME: home, DARKROOM_QUEUES: queues };
  const given = readConfig(chosen);
  const dev = given.temporal.isConfigured ? null : runningDev(given.home);
  const config = readConfig({ ...chosen, ...sandboxSettings(dev, given) });
  assertSomeProvider(config);
  // Before the SDK's runtime runs, which would keep alive a process that cannot go on.
  limitsFile(config.accountsFile);
  const access = dev === null ? accessFromEnvironment() : accessTo(dev.temporal, dev.namespace);
  const sdkAddress = config.monitor === null ? null : `127.0.0.1:${await freePort()}`;
  preferSmallHeap(); // before the heap of the workflows is made, which takes it over
  installRuntime(say, sdkAddress);
  const monitor =
    config.monitor === null || sdkAddress === null ? null : await startMonitor(config.monitor, sdkAddress);
  const tracing = config.tracing.isOn ? await startTracing('darkroom-worker') : null;
  const onReady = () =>
    say(`Worker ready: queues ${config.worker.queues.join(', ')} at ${addressOf(access)}`);
  try {
    await runWorker(config, access, {
      say,
      onReady,
      signal: stopSignal(),
      monitor,
      tracing: tracing?.worker ?? null,
    });
  } finally {
    monitor?.close();
    await tracing?.close();
  }
}

async function startMonitor(address: MonitorAddress, sdkAddress: string): Promise<WorkerMonitor> {
  if (address.port !== 0) await assertPortFree(address.port, 'DARKROOM_MONITOR');
  return startWorkerMonitor(address, sdkAddress);
}

/** It would take trainings from workers that can do them, and fail each. */
function assertSomeProvider({ worker: { queues }, apiframe, tryiton }: Config): void {
  const hasTryiton = missingForTryiton(tryiton).length === 0;
  if (!queues.includes(TRAINING_TASK_QUEUE) || apiframe.apiKey !== null || hasTryiton) return;
  throw new InputError(
    'This worker has no provider: set APIFRAME_API_KEY, or all of TRYITON_*, or let it do photos only with --queues darkroom-photos',
  );
}
