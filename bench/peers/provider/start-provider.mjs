import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.mjs';
import { endProcess, startProcess, waitForOutput } from '../support/processes.mjs';

/**
 * @typedef {{
 *   submitted: number,
 *   firstSubmittedMs: number | null,
 *   lastSubmittedMs: number | null,
 *   firstEndMs: number | null,
 *   lastEndMs: number,
 *   endsSeen: number,
 * }} Progress
 * @typedef {{ p50Ms: number | null, p95Ms: number | null, longestMs: number }} Spread null of nothing
 * @typedef {{ calls: Record<string, number>, mostInASecond: number, gaps: Spread & { count: number } }} Window
 * @typedef {Spread & { seen: number, webhooks: { delivered: number, failed: number } }} Lateness
 */

/** @typedef {Awaited<ReturnType<typeof startProvider>>} Provider */

/** @param {{ folder: string, trainS: number, spreadS: number }} options */
export async function startProvider({ folder, trainS, spreadS }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = fileURLToPath(new URL('./main.mjs', import.meta.url));
  const provider = await startProcess({
    name: 'provider',
    command: process.execPath,
    args: [main, `${port}`, `${trainS * 1000}`, `${spreadS * 1000}`],
    folder,
  });
  await waitForOutput(provider, 'provider ready');
  /** @param {string} path @returns {Promise<any>} */
  const read = async (path) => (await fetch(url + path)).json();
  return {
    url,
    /** @param {import('./routes.mjs').Mode} mode */
    async setMode(mode) {
      await fetch(`${url}/control/mode?mode=${mode}`, { method: 'PUT' });
    },
    /** @returns {Promise<Progress>} */
    progress: () => read('/control/progress'),
    /** @returns {Promise<number[]>} when each was submitted, in ms */
    submissions: () => read('/control/submissions'),
    /**
     * @param {number} fromMs
     * @param {number} toMs
     * @returns {Promise<Window>}
     */
    window: (fromMs, toMs) => read(`/control/window?fromMs=${fromMs}&toMs=${toMs}`),
    /**
     * @param {number} sinceMs
     * @returns {Promise<number>} trainings that nobody has looked at since
     */
    unseenSince: (sinceMs) => read(`/control/unseen?sinceMs=${sinceMs}`),
    /** @returns {Promise<Lateness>} */
    lateness: () => read('/control/lateness'),
    stop: () => endProcess(provider),
  };
}
