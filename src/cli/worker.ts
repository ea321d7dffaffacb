import { readConfig } from '../config';
import { accessFromEnvironment, accessTo, addressOf } from '../temporal-connection';
import { installRuntime } from '../worker-runtime';
import { runningDev } from './dev-file';
import type { HomeOption } from './reach';
import { runWorker } from './run-worker';
import { stopSignal } from './stop-signal';

/** `darkroom worker`: waits for the server if it must, works until SIGTERM, finishes what is in hand. */
export async function worker({ home, queues }: HomeOption & { queues?: string }): Promise<void> {
  const config = readConfig({ DARKROOM_HOME: home, DARKROOM_QUEUES: queues });
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const dev = config.temporal.isConfigured ? null : runningDev(config.home);
  const access = dev === null ? accessFromEnvironment() : accessTo(dev.temporal, dev.namespace);
  installRuntime(say);
  if (config.apiframe.apiKey === null) {
    say(
      'APIFRAME_API_KEY is not set: trainings at APIFRAME will fail until this worker is restarted with it',
    );
  }
  const onReady = () =>
    say(`Worker ready: queues ${config.worker.queues.join(', ')} at ${addressOf(access)}`);
  await runWorker(config, access, { say, onReady, signal: stopSignal() });
}
