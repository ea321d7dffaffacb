import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.mjs';
import { endProcess, killProcess, startProcess, waitWhileRunning } from '../../support/processes.mjs';
import { temporalCli } from '../temporal/temporal-cli.mjs';

/** The built project, as `npm run build` leaves it. */
const DIST = fileURLToPath(new URL('../../../../dist', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * @typedef {{
 *   pid: () => number,
 *   kill: () => Promise<void>,
 *   start: () => Promise<void>,
 *   stop: () => Promise<void>,
 *   workflowTasks: () => Promise<number>,
 * }} RestartableServer `kill` is a SIGKILL; `workflowTasks` counts those completed since it was started
 */

/**
 * As `darkroom dev` starts it, on a database file in the folder.
 *
 * @param {string} folder
 * @param {string} address
 * @returns {Promise<RestartableServer>}
 */
export async function startServer(folder, address) {
  const metricsPort = await freePort();
  const startOne = async () => {
    const args = serverArgs(folder, address, metricsPort);
    const started = await startProcess({ name: 'temporal', command: temporalCli(), args, folder });
    await waitWhileRunning(started, () => answers(address));
    return started;
  };
  let server = await startOne();
  return {
    pid: () => server.pid,
    kill: () => killProcess(server),
    async start() {
      server = await startOne();
    },
    stop: () => endProcess(server),
    workflowTasks: () => workflowTasks(metricsPort),
  };
}

/**
 * The flags are those of `dev`; a test of the project holds them.
 *
 * @param {string} folder
 * @param {string} address
 * @param {number} metricsPort
 */
function serverArgs(folder, address, metricsPort) {
  const { startDevArgs } = require(path.join(DIST, 'temporal-server/start-dev-args.js'));
  const { SEARCH_ATTRIBUTES } = require(path.join(DIST, 'contract/names.js'));
  const port = Number(address.split(':')[1]);
  return startDevArgs({
    ports: { frontend: port, http: 0, metrics: metricsPort, ui: null },
    dbFile: path.join(folder, 'temporal.db'),
    namespace: 'default',
    searchAttributes: SEARCH_ATTRIBUTES,
    dynamicConfig: {},
    knowsNewsFlag: false,
  });
}

/** @param {string} address */
async function answers(address) {
  const { missingSearchAttributes } = require(
    path.join(DIST, 'temporal-server/register-search-attributes.js'),
  );
  const { SEARCH_ATTRIBUTES } = require(path.join(DIST, 'contract/names.js'));
  const { Connection } = require('@temporalio/client');
  const connection = Connection.lazy({ address });
  try {
    return (await missingSearchAttributes(connection, 'default', SEARCH_ATTRIBUTES)).length === 0;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/** @param {number} metricsPort */
async function workflowTasks(metricsPort) {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const lines = text.matchAll(/^service_requests\{([^}]*)\} (\S+)$/gm);
  const completed = [...lines].filter(
    ([, labels]) =>
      labels?.includes('operation="RespondWorkflowTaskCompleted"') &&
      labels.includes('service_name="frontend"'),
  );
  return completed.reduce((sum, [, , count]) => sum + Number(count), 0);
}
