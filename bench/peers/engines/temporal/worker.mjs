import { NativeConnection, Worker } from '@temporalio/worker';
import * as activities from '../../support/call-provider.mjs';
import { READY } from '../../support/worker-process.mjs';

/** With every default: https://docs.temporal.io/develop/typescript/core-application#run-a-dev-worker */
const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
const worker = await Worker.create({
  connection,
  taskQueue: 'train',
  workflowBundle: { codePath: process.env['WORKFLOW_BUNDLE'] ?? '' },
  activities: { submit: activities.submit, isFinished: activities.isFinished },
});
console.log(READY);
await worker.run();
