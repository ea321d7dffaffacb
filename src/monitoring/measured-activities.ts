import type { PhotoActivities, TrainingActivities } from '../activities';
import type { WorkerMetrics } from './metrics';

/** The same activities, and what came of them is counted. */
export function measuredTraining(activities: TrainingActivities, metrics: WorkerMetrics): TrainingActivities {
  const submitOnRecord: TrainingActivities['submitOnRecord'] = async (order) => {
    const { provider } = order.request;
    const { expectedCredits = 0 } = order;
    metrics.creditsReserved.inc({ provider }, expectedCredits);
    const result = await activities.submitOnRecord(order);
    metrics.submissions.inc({ provider, outcome: result.outcome });
    if (result.outcome === 'accepted') metrics.creditsSpent.inc({ provider }, expectedCredits);
    return result;
  };
  return {
    ...activities,
    submitOnRecord,
    submitTraining: submitOnRecord,
    async lookUpSubmission(order) {
      const found = await activities.lookUpSubmission(order);
      const { provider } = order.request;
      if (found.finding === 'started') metrics.submissions.inc({ provider, outcome: 'found' });
      return found;
    },
    async checkTraining(provider, ...order) {
      const answer = await activities.checkTraining(provider, ...order);
      metrics.polls.inc({ provider, verdict: answer.verdict });
      return answer;
    },
    async sendCallback(order) {
      try {
        await activities.sendCallback(order);
        metrics.callbacks.inc({ outcome: 'taken' });
      } catch (error) {
        metrics.callbacks.inc({ outcome: 'not-taken' });
        throw error;
      }
    },
  };
}

export function measuredPhotos(activities: PhotoActivities, metrics: WorkerMetrics): PhotoActivities {
  return {
    ...activities,
    async preparePhotos(order) {
      const prepared = await activities.preparePhotos(order);
      for (const { verdict } of prepared.photos) metrics.photos.inc({ verdict });
      metrics.creditsSaved.inc(prepared.creditsSaved);
      return prepared;
    },
  };
}
