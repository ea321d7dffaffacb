import { pause, waitUntil } from './support/interrupt.mjs';
import { withEngine } from './with-engine.mjs';

/** @typedef {import('./with-engine.mjs').Engine} Engine */
/** @typedef {import('./with-engine.mjs').Provider} Provider */
/** @typedef {{ charges: number, afterS: number[], state: string }} Charged `afterS`: when each came, after the first */
/** @typedef {{ crash: Charged, lost: Charged }} ChargesRow */

const ID = 'charged';
/** Short, so that what is charged a second time also ends. */
const PACE = { trainS: 5, spreadS: 0, everyS: 1 };

/**
 * How often one training is charged.
 *
 * @param {Engine} engine
 * @param {number} seconds how long to wait for more
 * @param {(line: string) => void} say
 * @returns {Promise<ChargesRow>}
 */
export async function chargesOf(engine, seconds, say) {
  say('killed after the provider has accepted');
  const crash = await withEngine(engine, PACE, async (running, provider) => {
    await provider.setMode('hang');
    await running.startTraining(ID);
    await untilCharged(provider);
    await running.killWorker();
    await provider.setMode('ok');
    await running.startWorker();
    await pause(seconds * 1000);
    return charged(provider, await running.stateOf(ID));
  });
  say('the answer is lost');
  const lost = await withEngine(engine, PACE, async (running, provider) => {
    await provider.setMode('reset');
    await running.startTraining(ID);
    await untilCharged(provider);
    await pause(seconds * 1000);
    return charged(provider, await running.stateOf(ID));
  });
  return { crash, lost };
}

/** @param {Provider} provider */
function untilCharged(provider) {
  return waitUntil(async () => (await provider.progress()).submitted > 0, { what: 'the first charge' });
}

/**
 * @param {Provider} provider
 * @param {string} state
 * @returns {Promise<Charged>}
 */
async function charged(provider, state) {
  const times = await provider.submissions();
  const [first = 0] = times;
  return {
    charges: times.length,
    afterS: times.map((atMs) => Number(((atMs - first) / 1000).toFixed(1))),
    state,
  };
}
