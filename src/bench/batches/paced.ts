import { accountWorkflowId } from '../../contract/account';
import { trainingWorkflowId } from '../../training-id';
import { figure, type Figure } from '../figures';
import { eventsOf } from './histories';
import { runBatch } from './run-batch';
import { startBatchStack } from './stack';

/** Rows are made ready while others train, so that a slot that becomes free is taken at once. */
const READY_PER_SLOT = 0.3;
const MOST_IN_FLIGHT = 1000;

/** A batch on an account with so many slots: how long it takes, and what it costs in events and memory. */
export async function pacedFigures(
  folder: string,
  plan: {
    rows: number;
    slots: number;
    trainMs: number;
    goal: number | null;
    say: (line: string) => void;
  },
): Promise<Figure[]> {
  const { rows, slots, trainMs, goal, say } = plan;
  const name = `${rows.toLocaleString('en')} rows`;
  const stack = await startBatchStack(folder, { slots, trainMs, say });
  try {
    const inFlight = Math.min(Math.ceil(slots * (1 + READY_PER_SLOT)), MOST_IN_FLIGHT);
    const { id, status, wallMs, workerMegabytes } = await runBatch(stack, { rows, inFlight, say });
    if (status.states.succeeded !== rows) throw new Error(`not all have succeeded: ${status.line}`);
    const ofBatch = await eventsOf(stack.client, id);
    const ofAccount = await eventsOf(stack.client, accountWorkflowId('apiframe', 'default'));
    const [first] = await stack.requests(0);
    const one = await eventsOfOneRow(
      stack.client,
      id,
      first === undefined ? null : trainingWorkflowId(first),
    );
    return [
      figure(
        `${name}, ${slots} slots, ${trainMs / 1000} s: wall time against the ideal`,
        wallMs / ((rows * trainMs) / slots),
        '×',
        goal,
      ),
      figure(`${name}: rows a second`, rows / (wallMs / 1000), 'rows'),
      figure(`${name}: memory of the worker, at most`, workerMegabytes, 'MB'),
      figure(`${name}: events of the batch for each row`, ofBatch.length / rows, 'events'),
      figure(`${name}: events of the account for each row`, ofAccount.length / rows, 'events'),
      figure(`${name}: events of one training`, one, 'events'),
    ];
  } finally {
    await stack.stop();
  }
}

async function eventsOfOneRow(
  client: Parameters<typeof eventsOf>[0],
  batchId: string,
  id: string | null,
): Promise<number> {
  if (id !== null) return (await eventsOf(client, id)).length;
  for await (const { workflowId } of client.workflow.list({
    query: `DarkroomBatch = '${batchId}'`,
    pageSize: 1,
  }))
    return (await eventsOf(client, workflowId)).length;
  return 0;
}
