import { existsSync, readdirSync } from 'node:fs';

/**
 * One job engine. A folder beside this file with an `engine.mjs` that exports `engine` is one more.
 *
 * @typedef {{
 *   title: string,
 *   versions: () => string,
 *   start: (surroundings: Surroundings) => Promise<RunningEngine>,
 * }} Engine
 *
 * @typedef {{
 *   providerUrl: string,
 *   folder: string,
 *   everyMs: number,
 * }} Surroundings `folder` is empty, and removed afterwards; `everyMs` is how often each training is to be looked at
 *
 * @typedef {{
 *   processes: () => { role: 'worker' | 'server', pid: number }[],
 *   startTraining: (id: string) => Promise<void>,
 *   stateOf: (id: string) => Promise<string>,
 *   killWorker: () => Promise<void>,
 *   startWorker: () => Promise<void>,
 *   stop: () => Promise<void>,
 * }} RunningEngine
 *
 * - `processes`: with what they have started they are all that the engine needs, the database included.
 * - `startTraining` resolves when the engine has taken it, not when it is submitted. Up to 32 are called at once.
 * - `stateOf`: what a person would see of it, in the engine's own words.
 * - `killWorker` is a SIGKILL; `startWorker` another one beside the same server.
 * - `stop` ends all of them, also after `killWorker`.
 */

/** Names of all folders that hold one. */
export function engineNames() {
  return readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(engineFile(entry.name)))
    .map(({ name }) => name)
    .sort();
}

/**
 * @param {string} name
 * @returns {Promise<Engine>}
 */
export async function loadEngine(name) {
  if (!existsSync(engineFile(name)))
    throw new Error(`No engine named ${name}; there are ${engineNames().join(', ')}`);
  return (await import(engineFile(name).href)).engine;
}

/** @param {string} name */
function engineFile(name) {
  return new URL(`./${name}/engine.mjs`, import.meta.url);
}
