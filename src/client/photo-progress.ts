import { defaultPayloadConverter } from '@temporalio/common';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { NormalizeProgress } from '../activities/prepare-photos';

/** The workflow's own id for it, see `workflows/normalize-photos.ts`. */
const ACTIVITY_ID = 'normalize';

/**
 * How far a photo set is, out of the heartbeat of the running activity: it costs no history event. Null while no
 * photo work is on.
 */
export async function readPhotoProgress(client: Client, id: string): Promise<NormalizeProgress | null> {
  return photoProgressIn(await client.workflow.getHandle(id).describe());
}

export function photoProgressIn({ raw }: WorkflowExecutionDescription): NormalizeProgress | null {
  const activity = raw.pendingActivities?.find(({ activityId }) => activityId === ACTIVITY_ID);
  const payload = activity?.heartbeatDetails?.payloads?.[0];
  if (payload === undefined) return null;
  return defaultPayloadConverter.fromPayload<NormalizeProgress>(payload);
}
