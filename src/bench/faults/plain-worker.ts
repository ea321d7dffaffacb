import { NativeConnection, Worker } from '@temporalio/worker';
import { installRuntime } from '../../worker-runtime';
import * as activities from './plain-activities';

export const PLAIN_QUEUE = 'plain';

/** @param address of the Temporal server, the one argument of this process */
async function main(address: string): Promise<void> {
  installRuntime(() => undefined);
  const connection = await NativeConnection.connect({ address });
  const workflowsPath = require.resolve('./plain-workflow');
  const worker = await Worker.create({ connection, taskQueue: PLAIN_QUEUE, workflowsPath, activities });
  process.stderr.write('Plain worker ready\n');
  await worker.run();
}

if (require.main === module) void main(process.argv[2] ?? '');
