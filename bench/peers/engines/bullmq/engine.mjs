import { Queue } from 'bullmq';
import { endProcess, killProcess } from '../../support/processes.mjs';
import { packageVersion, programVersion } from '../../support/versions.mjs';
import { startWorkerProcess } from '../../support/worker-process.mjs';
import { startRedis } from './start-redis.mjs';

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'BullMQ',
  versions: () => `BullMQ ${packageVersion('bullmq')}, Redis ${programVersion('redis-server')}`,
  async start({ providerUrl, folder, everyMs }) {
    const { redis, port } = await startRedis(folder);
    const startWorker = () =>
      startWorkerProcess(new URL('./worker.mjs', import.meta.url), folder, {
        PROVIDER_URL: providerUrl,
        EVERY_MS: `${everyMs}`,
        REDIS_PORT: `${port}`,
      });
    let worker = await startWorker();
    const queue = new Queue('train', { connection: { host: '127.0.0.1', port } });
    return {
      processes: () => [
        { role: 'worker', pid: worker.pid },
        { role: 'server', pid: redis.pid },
      ],
      async startTraining(id) {
        await queue.add('train', {}, { jobId: id });
      },
      async stateOf(id) {
        return (await queue.getJob(id))?.getState() ?? 'gone';
      },
      killWorker: () => killProcess(worker),
      async startWorker() {
        worker = await startWorker();
      },
      async stop() {
        await queue.close();
        await endProcess(worker, 'SIGKILL');
        await endProcess(redis);
      },
    };
  },
};
