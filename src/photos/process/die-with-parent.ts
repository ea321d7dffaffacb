import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 1000;

/**
 * Ends this process when the one that started it is gone, however that ended. The channel closes then, but a thread
 * that is busy in a decoder would not hear of it; a second thread looks at who the parent is.
 */
export function dieWithParent(): void {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // The number is taken here: the thread may start late, and then the parent that it sees is already another.
  const watch = `
    setInterval(() => {
      if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL');
    }, ${LOOK_EVERY_MS});`;
  new Worker(watch, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  }).unref();
}
