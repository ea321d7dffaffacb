import type { Client } from '@temporalio/client';
import { TrainingNotFoundError } from './errors';

/** What a training was started with, as its first event holds it: of the newest run under this id, and not checked. */
export async function requestOf(client: Client, id: string): Promise<unknown> {
  const { namespace, loadedDataConverter } = client.options;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId: id },
    maximumPageSize: 1,
  });
  const payload = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (payload === undefined) throw new TrainingNotFoundError(id);
  return loadedDataConverter.payloadConverter.fromPayload(payload);
}
