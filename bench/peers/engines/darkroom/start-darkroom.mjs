import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.mjs';
import { endProcess, killProcess, startProcess, waitForOutput } from '../../support/processes.mjs';
import { NODE } from '../../support/worker-process.mjs';
import { startServer } from './start-server.mjs';

/** The built project, as `npm run build` leaves it. */
const DIST = fileURLToPath(new URL('../../../../dist', import.meta.url));
const require = createRequire(import.meta.url);

const SECRET = 'a-secret-of-the-benchmark-protects-nothing';
/** The watcher looks at a training every four intervals, and closer together only when its end is near. */
const INTERVALS = 4;

/**
 * A server as `darkroom dev` starts it, and one worker. The photo step is off: `photos-off.mjs`, which is not counted, takes its place.
 *
 * @param {import('../engine.mjs').Surroundings} surroundings
 * @param {{ withWebhooks: boolean }} how
 * @returns {Promise<import('../engine.mjs').RunningEngine & { server: import('./start-server.mjs').RestartableServer }>}
 */
export async function startDarkroom({ providerUrl, folder, everyMs }, { withWebhooks }) {
  const address = `127.0.0.1:${await freePort()}`;
  const server = await startServer(folder, address);
  const gatewayPort = await freePort();
  const common = {
    TEMPORAL_ADDRESS: address,
    DARKROOM_HOME: folder,
    MALLOC_ARENA_MAX: '2', // as the Dockerfile sets it, and docs/operations.md advises
    ...(withWebhooks && {
      DARKROOM_PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
      DARKROOM_WEBHOOK_SECRETS: SECRET,
    }),
  };
  const command = async (
    /** @type {string} */ name,
    /** @type {string[]} */ args,
    /** @type {string} */ ready,
  ) => {
    const env = {
      ...common,
      APIFRAME_BASE_URL: providerUrl,
      APIFRAME_API_KEY: 'benchmark',
      DARKROOM_WATCH_INTERVAL: `${Math.round(everyMs / INTERVALS)}ms`,
    };
    const main = path.join(DIST, 'cli/main.js');
    const started = await startProcess({ name, command: NODE, args: [main, name, ...args], folder, env });
    await waitForOutput(started, ready);
    return started;
  };
  const gateway = withWebhooks
    ? await command('gateway', ['--port', `${gatewayPort}`], 'Gateway ready')
    : null;
  const startWorker = () => command('worker', ['--queues', 'darkroom'], 'Worker ready');
  let worker = await startWorker();
  const photosOff = await startProcess({
    name: 'photos-off',
    command: NODE,
    args: [fileURLToPath(new URL('./photos-off.mjs', import.meta.url)), address, path.join(folder, 'store')],
    folder,
  });
  await waitForOutput(photosOff, 'photos are off');
  const { connect } = require(path.join(DIST, 'client.js'));
  const darkroom = await connect({ connectionOptions: { address }, namespace: 'default' });
  const photos = Array.from({ length: 10 }, (_, number) => `file:${number}.jpg`);
  let generation = 0;
  return {
    processes: () => [
      { role: 'worker', pid: worker.pid },
      ...(gateway === null ? [] : [{ role: /** @type {const} */ ('worker'), pid: gateway.pid }]),
      { role: 'server', pid: server.pid() },
    ],
    async startTraining(id) {
      const options = { gender: 'female', ethnicity: 'white' };
      // The same photos are another training each time, or the second one would be refused as a duplicate.
      generation += 1;
      await darkroom.train({ subject: 's-1', provider: 'apiframe', photos, options, generation }, { id });
    },
    stateOf: async (id) => (await darkroom.status(id)).state,
    killWorker: () => killProcess(worker),
    async startWorker() {
      worker = await startWorker();
    },
    server,
    async stop() {
      await darkroom.close();
      await endProcess(worker, 'SIGKILL');
      await endProcess(photosOff, 'SIGKILL');
      if (gateway !== null) await endProcess(gateway);
      await server.stop();
    },
  };
}
