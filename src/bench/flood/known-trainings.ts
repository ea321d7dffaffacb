import { Client, Connection } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../../contract/names';
import { KNOWN } from './deliveries';

/** Trainings that no worker works on: they take signals, and say afterwards how many came. */
export interface KnownTrainings {
  signalsOf(id: string): Promise<number>;
  close(): Promise<void>;
}

export async function startKnownTrainings(address: string): Promise<KnownTrainings> {
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  const ids = Array.from({ length: KNOWN }, (_, number) => `known-${number}`);
  await Promise.all(
    ids.map((workflowId) => workflow.start(TRAIN_PERSON_WORKFLOW, { workflowId, taskQueue: 'nobody' })),
  );
  return {
    async signalsOf(id) {
      const { events } = await workflow.getHandle(id).fetchHistory();
      return (events ?? []).filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal).length;
    },
    close: () => connection.close(),
  };
}
