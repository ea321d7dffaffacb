import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { TRAIN_PERSON_WORKFLOW } from '../../contract/names';
import { figure, type Figure } from '../figures';
import { median } from '../median';

const LISTED = 10_000;
const AT_ONCE = 32;
const TIMES = 9;
const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');

/** The first page of a list of ten thousand, which no worker works on. */
export async function listFigures(client: Client, gatewayUrl: string): Promise<Figure[]> {
  await startListed(client);
  const timesMs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const beganMs = performance.now();
    const answer = await fetch(`${gatewayUrl}/v1/trainings?state=training`);
    const { trainings } = (await answer.json()) as { trainings: unknown[] };
    if (trainings.length === 0) throw new Error('the list is empty');
    timesMs.push(performance.now() - beganMs);
  }
  return [figure('first page of 10,000 trainings', median(timesMs), 'ms')];
}

async function startListed(client: Client): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < LISTED) {
      const workflowId = `listed-${(next += 1)}`;
      await client.workflow.start(TRAIN_PERSON_WORKFLOW, {
        workflowId,
        taskQueue: 'nobody',
        typedSearchAttributes: [
          { key: stateKey, value: 'training' },
          { key: providerKey, value: 'apiframe' },
        ],
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
