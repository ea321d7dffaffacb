import { setTimeout as delay } from 'node:timers/promises';
import type { TrainStatus } from '../../client';
import { judgeLedger } from '../chaos/judge-ledger';
import { readLedger } from '../chaos/books';
import { untilAllHaveLeft } from '../chaos/limits';
import { figure, type Figure } from '../figures';
import { runBatch } from './run-batch';
import { startBatchStack, type BatchStack } from './stack';

const EVERY_MS = 7000;
const KILLS = 6;

/** SIGKILL of the worker and of the server, in turns, in the middle of a batch: every row ends once, and the books agree. */
export async function killsFigures(
  folder: string,
  plan: { rows: number; slots: number; trainMs: number; say: (line: string) => void },
): Promise<Figure[]> {
  const { rows, slots, trainMs, say } = plan;
  const stack = await startBatchStack(folder, { slots, trainMs, say });
  try {
    const over = { is: false };
    const killing = killInTurns(stack, say);
    const deciding = decideAll(stack, over);
    const { id, status } = await runBatch(stack, { rows, inFlight: slots + 10, say });
    const kills = await killing;
    over.is = true;
    const decided = await deciding;
    const lines = await untilAllHaveLeft(stack.darkroom, stack.storage);
    const provider = await readLedger(stack.sandbox.url);
    const wordOf = (training: string) => /^train-(s-\d+)-/.exec(training)?.[1] ?? training;
    const { broken } = judgeLedger({ lines, ends: await endsOf(stack, id), provider, wordOf });
    for (const what of broken) say(`BROKEN ${what}`);
    if (broken.length > 0 || provider.submissions.length > rows) process.exitCode = 1;
    const name = `${rows} rows, ${kills} kills`;
    return [
      figure(`${name}: rows that succeeded`, status.states.succeeded ?? 0, 'rows'),
      figure(`${name}: rows that a person had to decide`, decided, 'rows'),
      figure(
        `${name}: trainings charged by the sandbox more than rows`,
        Math.max(provider.submissions.length - rows, 0),
        'trainings',
        0,
      ),
      figure(`${name}: differences between the ledgers`, broken.length, 'differences', 0),
    ];
  } finally {
    await stack.stop();
  }
}

async function killInTurns(stack: BatchStack, say: (line: string) => void): Promise<number> {
  for (let kills = 0; kills < KILLS; kills += 1) {
    await delay(EVERY_MS);
    say(kills % 2 === 0 ? 'SIGKILL to the worker' : 'SIGKILL to the server');
    await (kills % 2 === 0 ? stack.killWorker() : stack.killServer());
  }
  return KILLS;
}

/** As a person would: what the provider has is adopted, what it has not is submitted again. */
async function decideAll({ darkroom, sandbox }: BatchStack, over: { is: boolean }): Promise<number> {
  let decided = 0;
  while (!over.is) {
    await delay(2000);
    const open = await darkroom.list({ state: 'needs-decision' }).catch(() => []);
    for (const { id, subject } of open) {
      const { submissions } = await readLedger(sandbox.url);
      const trainingId = submissions.find(({ triggerWord }) => triggerWord === subject)?.taskId;
      const decision =
        trainingId === undefined
          ? ({ decision: 'retry', acceptSecondCharge: true } as const)
          : ({ decision: 'adopt', trainingId } as const);
      await darkroom.decide(id, decision).then(
        () => (decided += 1),
        () => undefined, // it was just killed, or has found out by itself
      );
    }
  }
  return decided;
}

async function endsOf({ client, darkroom }: BatchStack, batchId: string): Promise<Map<string, TrainStatus>> {
  const ends = new Map<string, TrainStatus>();
  for await (const { workflowId } of client.workflow.list({ query: `DarkroomBatch = '${batchId}'` }))
    ends.set(workflowId, await darkroom.status(workflowId));
  return ends;
}
