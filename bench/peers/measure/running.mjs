import { pause } from '../support/interrupt.mjs';
import { median } from './percentile.mjs';
import { cpuSeconds, megabytes } from './process-tree.mjs';

/** @typedef {import('../engines/engine.mjs').RunningEngine} RunningEngine */

/** How often memory is read in a window: reading it costs a little. */
const MEMORY_SAMPLES = 3;

/** @param {RunningEngine} running */
export function cpuOf(running) {
  return {
    workerCpuSeconds: cpuSeconds(pidsOf(running, 'worker')),
    serverCpuSeconds: cpuSeconds(pidsOf(running, 'server')),
  };
}

/**
 * @param {RunningEngine} running
 * @param {'worker' | 'server'} wanted
 */
function pidsOf(running, wanted) {
  return running.processes().flatMap(({ role, pid }) => (role === wanted ? pid : []));
}

/**
 * From now on; resolves before the window is over.
 *
 * @param {RunningEngine} running
 * @param {number} windowMs
 */
export async function medianMegabytes(running, windowMs) {
  const fromMs = Date.now();
  const samples = [];
  for (let sample = 1; sample <= MEMORY_SAMPLES; sample += 1) {
    await pause(fromMs + (windowMs * (sample - 0.5)) / MEMORY_SAMPLES - Date.now());
    samples.push({
      worker: megabytes(pidsOf(running, 'worker')),
      server: megabytes(pidsOf(running, 'server')),
    });
  }
  return {
    worker: median(samples.map(({ worker }) => worker)),
    server: median(samples.map(({ server }) => server)),
  };
}
