import { readConfig, type Config } from '../config';
import { missingForTryiton } from '../config/tryiton-settings';
import { TRAINING_TASK_QUEUE } from '../contract/names';
import { accessFromEnvironment, accessTo, addressOf } from '../temporal-connection';
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
  const access = dev === null ? accessFromEnvironment() : accessTo(dev.temporal, dev.namespace);
  installRuntime(say);
  const onReady = () =>
    say(`Worker ready: queues ${config.worker.queues.join(', ')} at ${addressOf(access)}`);
  await runWorker(config, access, { say, onReady, signal: stopSignal() });
}

/** It would take trainings from workers that can do them, and fail each. */
function assertSomeProvider({ worker: { queues }, apiframe, tryiton }: Config): void {
  const hasTryiton = missingForTryiton(tryiton).length === 0;
  if (!queues.includes(TRAINING_TASK_QUEUE) || apiframe.apiKey !== null || hasTryiton) return;
  throw new InputError(
    'This worker has no provider: set APIFRAME_API_KEY, or all of TRYITON_*, or let it do photos only with --queues darkroom-photos',
  );
}
