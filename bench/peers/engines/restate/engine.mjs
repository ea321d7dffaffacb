import { freePort } from '../../support/free-port.mjs';
import { endProcess, killProcess } from '../../support/processes.mjs';
import { packageVersion } from '../../support/versions.mjs';
import { startWorkerProcess } from '../../support/worker-process.mjs';
import { startRestate } from './start-restate.mjs';

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'Restate',
  versions: () =>
    `Restate ${packageVersion('@restatedev/restate-server')}, SDK ${packageVersion('@restatedev/restate-sdk')}`,
  async start({ providerUrl, folder, everyMs }) {
    const { restate, adminUrl, ingressUrl } = await startRestate(folder);
    const port = await freePort();
    const startWorker = () =>
      startWorkerProcess(new URL('./worker.mjs', import.meta.url), folder, {
        PROVIDER_URL: providerUrl,
        EVERY_MS: `${everyMs}`,
        PORT: `${port}`,
      });
    let worker = await startWorker();
    await post(`${adminUrl}/deployments`, { uri: `http://127.0.0.1:${port}` });
    return {
      processes: () => [
        { role: 'worker', pid: worker.pid },
        { role: 'server', pid: restate.pid },
      ],
      async startTraining(id) {
        await post(`${ingressUrl}/train/${id}/run/send`);
      },
      async stateOf(id) {
        const query = `SELECT status FROM sys_invocation WHERE target_service_key = '${id}'`;
        const { rows } = await post(`${adminUrl}/query`, { query });
        return rows[0]?.status ?? 'unknown';
      },
      killWorker: () => killProcess(worker),
      async startWorker() {
        worker = await startWorker();
      },
      async stop() {
        await endProcess(worker, 'SIGKILL');
        await endProcess(restate);
      },
    };
  },
};

/**
 * @param {string} url
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status} ${text}`);
  return JSON.parse(text);
}
