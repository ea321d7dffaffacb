import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { freePort } from '../../support/free-port.mjs';
import { endProcess, killProcess, startProcess, waitWhileRunning } from '../../support/processes.mjs';
import { packageVersion, programVersion } from '../../support/versions.mjs';
import { startWorkerProcess } from '../../support/worker-process.mjs';
import { temporalCli } from './temporal-cli.mjs';

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'Temporal',
  versions: () =>
    `Temporal ${programVersion(temporalCli(), /(?<=Server )[\d.]+/)}, SDK ${packageVersion('@temporalio/worker')}`,
  async start({ providerUrl, folder, everyMs }) {
    const address = `127.0.0.1:${await freePort()}`;
    const server = await startTemporal(folder, address);
    const connection = await connectionTo(address, server);
    const client = new Client({ connection });
    const bundle = await workflowBundle(folder);
    const startWorker = () =>
      startWorkerProcess(new URL('./worker.mjs', import.meta.url), folder, {
        PROVIDER_URL: providerUrl,
        TEMPORAL_ADDRESS: address,
        WORKFLOW_BUNDLE: bundle,
      });
    let worker = await startWorker();
    return {
      processes: () => [
        { role: 'worker', pid: worker.pid },
        { role: 'server', pid: server.pid },
      ],
      async startTraining(id) {
        await client.workflow.start('train', { taskQueue: 'train', workflowId: id, args: [everyMs] });
      },
      async stateOf(id) {
        const { status, raw } = await client.workflow.getHandle(id).describe();
        const [pending] = raw.pendingActivities ?? [];
        return (pending?.attempt ?? 1) > 1 ? `${status.name}, retrying` : status.name;
      },
      killWorker: () => killProcess(worker),
      async startWorker() {
        worker = await startWorker();
      },
      async stop() {
        await connection.close();
        await endProcess(worker, 'SIGKILL');
        await endProcess(server);
      },
    };
  },
};

/**
 * Made beforehand, as for production, or the worker would hold the memory of a bundler.
 *
 * @param {string} folder
 */
async function workflowBundle(folder) {
  const workflowsPath = fileURLToPath(new URL('./workflows.mjs', import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const file = path.join(folder, 'workflow-bundle.js');
  writeFileSync(file, code);
  return file;
}

/**
 * @param {string} folder
 * @param {string} address
 */
function startTemporal(folder, address) {
  return startProcess({
    name: 'temporal',
    command: temporalCli(),
    args: [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', address.split(':')[1] ?? ''],
      ...['--db-filename', path.join(folder, 'temporal.db')],
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
      ...['--log-level', 'error'],
    ],
    folder,
  });
}

/**
 * @param {string} address
 * @param {import('../../support/processes.mjs').Started} server
 * @returns {Promise<Connection>}
 */
async function connectionTo(address, server) {
  const connection = Connection.lazy({ address });
  await waitWhileRunning(server, async () => {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return true;
  });
  return connection;
}
