import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';

/** The server's own default is a day, and an id is remembered, so that starting twice is joining, only that long. */
const RETENTION_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

export async function keepTrainings(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(RETENTION_DAYS * DAY_MS) },
    });
  } finally {
    await connection.close();
  }
}
