import { freePort } from '../../support/free-port.mjs';
import { startProcess, waitForOutput } from '../../support/processes.mjs';

/**
 * Persistence and memory policy of https://docs.bullmq.io/guide/going-to-production, the rest by default.
 *
 * @param {string} folder
 */
export async function startRedis(folder) {
  const port = await freePort();
  const redis = await startProcess({
    name: 'redis',
    command: 'redis-server',
    args: [
      ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder],
      ...['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
    ],
    folder,
  });
  await waitForOutput(redis, 'Ready to accept connections');
  return { redis, port };
}
