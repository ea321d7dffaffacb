import { DelayedError, Worker } from 'bullmq';
import { EVERY_MS, isFinished, submit } from '../../support/call-provider.mjs';
import { READY } from '../../support/worker-process.mjs';

/** Each wait is the job delaying itself: https://docs.bullmq.io/patterns/process-step-jobs#delaying */
const worker = new Worker(
  'train',
  async (job, token) => {
    const { trainingId } = job.data;
    if (trainingId === undefined) await job.updateData({ trainingId: await submit() });
    else if (await isFinished(trainingId)) return;
    await job.moveToDelayed(Date.now() + EVERY_MS, token);
    throw new DelayedError();
  },
  // The default is 1. The jobs only wait for a socket: https://docs.bullmq.io/guide/workers/concurrency
  { connection: { host: '127.0.0.1', port: Number(process.env['REDIS_PORT']) }, concurrency: 200 },
);
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
console.log(READY);
