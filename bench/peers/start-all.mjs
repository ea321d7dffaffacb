import { cpuOf } from './measure/running.mjs';
import { untilStill } from './support/until-still.mjs';

/** @typedef {import('./with-engine.mjs').RunningEngine} RunningEngine */
/** @typedef {import('./with-engine.mjs').Provider} Provider */

/**
 * Until all of them are submitted.
 *
 * @param {RunningEngine} running
 * @param {Provider} provider
 * @param {{ trainings: number, inFlight: number }} options
 */
export async function startAll(running, provider, { trainings, inFlight }) {
  const before = cpuOf(running);
  const fromMs = Date.now();
  const ids = Array.from({ length: trainings }, (_, index) => `training-${index + 1}`);
  const starters = Array.from({ length: Math.min(inFlight, trainings) }, async () => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) await running.startTraining(id);
  });
  await Promise.all(starters);
  await untilStill(
    async () => (await provider.progress()).submitted,
    (submitted) => submitted >= trainings,
  );
  const { submitted, lastSubmittedMs } = await provider.progress();
  if (submitted < trainings) throw new Error(`only ${submitted} of ${trainings} were submitted`);
  const seconds = ((lastSubmittedMs ?? fromMs) - fromMs) / 1000;
  const after = cpuOf(running);
  return {
    seconds,
    startsPerSecond: trainings / seconds,
    workerCpuMs: ((after.workerCpuSeconds - before.workerCpuSeconds) * 1000) / trainings,
    serverCpuMs: ((after.serverCpuSeconds - before.serverCpuSeconds) * 1000) / trainings,
  };
}
