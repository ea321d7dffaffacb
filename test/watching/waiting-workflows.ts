import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { endIfRunning } from '../support/end-if-running';
import { until } from '../support/until';

const state = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const provider = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const training = defineSearchAttributeKey('DarkroomTraining', 'KEYWORD');
const waitingSince = defineSearchAttributeKey('DarkroomWaitingSince', 'DATETIME');

/** Of no worker: who waits is a matter of Temporal's list, and these say of themselves that they do. */
export interface WaitingWorkflows {
  /** Starts `listed-NAME-…`, once more where that has ended, which waits at TryItOn for `t-NAME`, and says its id once Temporal lists it. */
  begins(name: string, sinceS: number): Promise<string>;
  end(): Promise<void>;
}

export function waitingWorkflows(client: Client): WaitingWorkflows {
  const beginMs = Date.now();
  const started: string[] = [];
  return {
    async begins(name, sinceS) {
      const workflowId = `listed-${name}-${String(process.pid)}-${String(beginMs)}`;
      await client.workflow.start('trainPerson', {
        workflowId,
        taskQueue: 'nobody-works-here',
        typedSearchAttributes: [
          { key: state, value: 'training' },
          { key: provider, value: 'tryiton' },
          { key: training, value: `t-${name}` },
          { key: waitingSince, value: new Date(beginMs + sinceS * 1000) },
        ],
      });
      started.push(workflowId);
      await until(`${workflowId} is listed`, async () => {
        const { count } = await client.workflow.count(
          `WorkflowId = '${workflowId}' AND DarkroomState = 'training' AND ExecutionStatus = 'Running'`,
        );
        return count === 1 ? true : null;
      });
      return workflowId;
    },
    async end() {
      for (const id of started) await endIfRunning(client.workflow.getHandle(id));
    },
  };
}
