import { freePort } from '../../support/free-port.mjs';
import { endProcess, killProcess } from '../../support/processes.mjs';
import { packageVersion, programVersion } from '../../support/versions.mjs';
import { startWorkerProcess } from '../../support/worker-process.mjs';
import { postgresProgram, startPostgres } from './start-postgres.mjs';

/** @type {import('../engine.mjs').Engine} */
export const engine = {
  title: 'DBOS',
  versions: () =>
    `DBOS ${packageVersion('@dbos-inc/dbos-sdk')}, PostgreSQL ${programVersion(postgresProgram('postgres'))}`,
  async start({ providerUrl, folder, everyMs }) {
    const { postgres, url } = await startPostgres(folder);
    const port = await freePort();
    const startWorker = () =>
      startWorkerProcess(new URL('./worker.mjs', import.meta.url), folder, {
        PROVIDER_URL: providerUrl,
        EVERY_MS: `${everyMs}`,
        DATABASE_URL: url,
        PORT: `${port}`,
      });
    let worker = await startWorker();
    /** @param {string} id @param {RequestInit} [init] */
    const ask = async (id, init) => {
      const answer = await fetch(`http://127.0.0.1:${port}/${id}`, init);
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      return text;
    };
    return {
      processes: () => [
        { role: 'worker', pid: worker.pid },
        { role: 'server', pid: postgres.pid },
      ],
      async startTraining(id) {
        await ask(id, { method: 'POST' });
      },
      stateOf: (id) => ask(id),
      killWorker: () => killProcess(worker),
      async startWorker() {
        worker = await startWorker();
      },
      async stop() {
        await endProcess(worker, 'SIGKILL');
        await endProcess(postgres, 'SIGINT'); // its "fast shutdown"
      },
    };
  },
};
