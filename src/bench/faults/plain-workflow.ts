import { proxyActivities, sleep } from '@temporalio/workflow';
import type * as plain from './plain-activities';

/** What a team writes first: activities with Temporal's default retry policy, the paid call among them. */
const { upload, submit, status } = proxyActivities<typeof plain>({ startToCloseTimeout: '10s' });

export async function plainTrain(baseUrl: string): Promise<string> {
  const uploadId = await upload(baseUrl);
  while ((await status(baseUrl, uploadId)) !== 'finished') await sleep('1s');
  const trainingId = await submit(baseUrl, uploadId);
  while ((await status(baseUrl, trainingId)) !== 'finished') await sleep('1s');
  return trainingId;
}
