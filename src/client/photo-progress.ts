import { defaultPayloadConverter } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import type { NormalizeProgress } from '../activities/normalize-photos';

/**
 * How far a photo set is, out of the heartbeat of the running activity: it costs no history event. Null while no
 * photo work is on.
 */
export async function readPhotoProgress(client: Client, id: string): Promise<NormalizeProgress | null> {
  const { raw } = await client.workflow.getHandle(id).describe();
  const activity = raw.pendingActivities?.find(
    ({ activityType }) => activityType?.name === 'normalizePhotos',
  );
  const payload = activity?.heartbeatDetails?.payloads?.[0];
  if (payload === undefined) return null;
  return defaultPayloadConverter.fromPayload<NormalizeProgress>(payload);
}
