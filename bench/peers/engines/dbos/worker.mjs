import { createServer } from 'node:http';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { EVERY_MS, isFinished, submit } from '../../support/call-provider.mjs';
import { READY } from '../../support/worker-process.mjs';

/** A workflow of steps with durable sleeps: https://docs.dbos.dev/typescript/tutorials/workflow-tutorial */
async function trainWorkflow() {
  const trainingId = await DBOS.runStep(() => submit(), { name: 'submit' });
  do await DBOS.sleep(EVERY_MS);
  while (!(await DBOS.runStep(() => isFinished(trainingId), { name: 'fetch' })));
  return trainingId;
}
const train = DBOS.registerWorkflow(trainWorkflow, { name: 'train' });

DBOS.setConfig({ name: 'train', systemDatabaseUrl: process.env['DATABASE_URL'] ?? '' });
await DBOS.launch();

/** Workflows run in the process that starts them, so the application takes the requests: `POST` starts, `GET` tells. */
const server = createServer(async (request, response) => {
  const workflowID = (request.url ?? '/').slice(1);
  try {
    if (request.method === 'POST') await DBOS.startWorkflow(train, { workflowID })();
    response.end((await DBOS.getWorkflowStatus(workflowID))?.status ?? 'unknown');
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.keepAliveTimeout = 65_000;
server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log(READY));
