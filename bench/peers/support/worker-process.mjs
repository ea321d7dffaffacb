import { fileURLToPath } from 'node:url';
import { startProcess, waitForOutput } from './processes.mjs';

/** All workers run on the same Node, the oldest line that every engine supports. */
export const NODE = fileURLToPath(
  new URL(`../node_modules/node-linux-${process.arch}/bin/node`, import.meta.url),
);

/** What a worker writes to its output when it takes work. */
export const READY = 'worker ready';

/**
 * Resolves when it takes work.
 *
 * @param {URL} script
 * @param {string} folder
 * @param {Record<string, string>} env
 */
export async function startWorkerProcess(script, folder, env) {
  const worker = await startProcess({
    name: 'worker',
    command: NODE,
    args: [fileURLToPath(script)],
    folder,
    env,
  });
  await waitForOutput(worker, READY);
  return worker;
}
