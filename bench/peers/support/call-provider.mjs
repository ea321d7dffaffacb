/** What every peer's worker calls, without a retry or a timeout of its own: those are the engine's matter. */
const PROVIDER_URL = process.env['PROVIDER_URL'];

/** How long to wait between two looks. */
export const EVERY_MS = Number(process.env['EVERY_MS']);

/**
 * The paid call.
 *
 * @returns {Promise<string>} the id of the training
 */
export async function submit() {
  const { id } = await jsonOf(await fetch(`${PROVIDER_URL}/submit`, { method: 'POST' }));
  return id;
}

/**
 * @param {string} trainingId
 * @returns {Promise<boolean>}
 */
export async function isFinished(trainingId) {
  const { status } = await jsonOf(await fetch(`${PROVIDER_URL}/fetch?id=${trainingId}`));
  return status === 'finished';
}

/** @param {Response} answer @returns {Promise<any>} */
async function jsonOf(answer) {
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}
