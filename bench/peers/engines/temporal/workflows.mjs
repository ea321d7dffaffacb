import { proxyActivities, sleep } from '@temporalio/workflow';

// A timer and an activity for each wait: https://docs.temporal.io/develop/typescript/workflows/timers

/** @type {{ submit: () => Promise<string>, isFinished: (trainingId: string) => Promise<boolean> }} */
const { submit, isFinished } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** @param {number} everyMs */
export async function train(everyMs) {
  const trainingId = await submit();
  do await sleep(everyMs);
  while (!(await isFinished(trainingId)));
  return trainingId;
}
