import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startProvider } from './provider/start-provider.mjs';

/** @typedef {import('./engines/engine.mjs').Engine} Engine */
/** @typedef {import('./engines/engine.mjs').RunningEngine} RunningEngine */
/** @typedef {import('./provider/start-provider.mjs').Provider} Provider */

/**
 * A provider and an engine of their own, and nothing left of them afterwards.
 *
 * @template T
 * @param {Engine} engine
 * @param {{ trainS: number, spreadS: number, everyS: number }} pace
 * @param {(running: RunningEngine, provider: Provider) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withEngine(engine, { trainS, spreadS, everyS }, use) {
  const folder = temporaryFolder();
  const removeNow = () => remove(folder);
  process.once('exit', removeNow); // where a second Ctrl-C ends it at once
  try {
    const provider = await startProvider({ folder: folderIn(folder, 'provider'), trainS, spreadS });
    try {
      const surroundings = { providerUrl: provider.url, folder: folderIn(folder, 'engine') };
      const running = await engine.start({ ...surroundings, everyMs: everyS * 1000 });
      try {
        return await use(running, provider);
      } finally {
        await running.stop();
      }
    } finally {
      await provider.stop();
    }
  } finally {
    process.removeListener('exit', removeNow);
    removeNow();
  }
}

/** Another user, as the one of the database, must be able to pass. */
function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-peers-'));
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * @param {string} parent
 * @param {string} name
 */
function folderIn(parent, name) {
  const folder = path.join(parent, name);
  mkdirSync(folder);
  return folder;
}

/** @param {string} folder */
function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
