import { cpuOf, medianMegabytes } from './measure/running.mjs';
import { startAll } from './start-all.mjs';
import { pause } from './support/interrupt.mjs';
import { untilStill } from './support/until-still.mjs';
import { withEngine } from './with-engine.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./with-engine.mjs').Engine} Engine */
/** @typedef {import('./with-engine.mjs').RunningEngine} RunningEngine */
/** @typedef {import('./with-engine.mjs').Provider} Provider */
/** @typedef {import('./provider/start-provider.mjs').Lateness} Lateness */

/**
 * `waiting` is null where there was no time at which all of them waited; the notes say why.
 *
 * @typedef {{
 *   starting: { seconds: number, startsPerSecond: number, workerCpuMs: number, serverCpuMs: number },
 *   waiting: Waiting | null,
 *   ending: Lateness,
 *   whole: { workerCpuSeconds: number, serverCpuSeconds: number },
 *   notes: string[],
 * }} Run
 *
 * @typedef {{
 *   seconds: number,
 *   workerCpuSeconds: number,
 *   serverCpuSeconds: number,
 *   workerMegabytes: number,
 *   serverMegabytes: number,
 *   calls: number,
 *   callsByKind: Record<string, number>,
 *   gaps: import('./provider/start-provider.mjs').Window['gaps'],
 * }} Waiting
 */

/**
 * One engine, once: starting, waiting and ending apart.
 *
 * @param {Engine} engine
 * @param {Options} options
 * @param {(line: string) => void} say
 * @returns {Promise<Run>}
 */
export function oneRun(engine, options, say) {
  return withEngine(engine, options, async (running, provider) => {
    say('starting');
    const starting = await startAll(running, provider, options);
    const { window, notes } = await windowOf(provider, options);
    say(window === null ? 'no time at which all wait' : 'waiting');
    const waiting = window === null ? null : await watch(running, provider, window);
    say('ending');
    await untilAllSeen(provider);
    const ending = await provider.lateness();
    const whole = cpuOf(running);
    return { starting, waiting, ending, whole, notes: [...notes, ...endingNotes(ending, options)] };
  });
}

/**
 * From two looks after the last submission, when all wait; over before the first one ends.
 *
 * @param {Provider} provider
 * @param {Options} options
 */
async function windowOf(provider, { trainings, everyS, windowS }) {
  const { submitted, lastSubmittedMs, firstEndMs } = await provider.progress();
  const notes = submitted > trainings ? [`${submitted} submissions for ${trainings} trainings`] : [];
  const fromMs = (lastSubmittedMs ?? 0) + 2 * everyS * 1000;
  const toMs = fromMs + windowS * 1000;
  const missingMs = toMs - (firstEndMs ?? 0);
  if (missingMs <= 0) return { window: { fromMs, toMs }, notes };
  const words = `no window of ${windowS} s in which all waited: it would have been over ${(missingMs / 1000).toFixed(1)} s after the first end`;
  return { window: null, notes: [...notes, words] };
}

/**
 * @param {RunningEngine} running
 * @param {Provider} provider
 * @param {{ fromMs: number, toMs: number }} window
 * @returns {Promise<Waiting>}
 */
async function watch(running, provider, window) {
  await pause(window.fromMs - Date.now());
  const fromMs = Date.now();
  const before = cpuOf(running);
  const { worker, server } = await medianMegabytes(running, window.toMs - fromMs);
  await pause(window.toMs - Date.now());
  const after = cpuOf(running);
  const toMs = Date.now();
  const { calls, gaps } = await provider.window(fromMs, toMs);
  return {
    seconds: (toMs - fromMs) / 1000,
    workerCpuSeconds: after.workerCpuSeconds - before.workerCpuSeconds,
    serverCpuSeconds: after.serverCpuSeconds - before.serverCpuSeconds,
    workerMegabytes: worker,
    serverMegabytes: server,
    calls: Object.values(calls).reduce((sum, count) => sum + count, 0),
    callsByKind: calls,
    gaps,
  };
}

/** @param {Provider} provider */
async function untilAllSeen(provider) {
  const { submitted, lastEndMs } = await provider.progress();
  await pause(lastEndMs - Date.now());
  await untilStill(
    async () => (await provider.progress()).endsSeen,
    (seen) => seen >= submitted,
  );
}

/**
 * @param {Lateness} ending
 * @param {Options} options
 */
function endingNotes({ seen, webhooks }, { trainings }) {
  return [
    ...(seen < trainings ? [`only ${seen} of ${trainings} ends were seen`] : []),
    ...(webhooks.failed > 0 ? [`${webhooks.failed} webhooks were not taken`] : []),
  ];
}
