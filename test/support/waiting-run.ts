import type { TrainingPlan } from '../../src/activities/plan-training';
import { APIFRAME_FACTS } from '../../src/providers/apiframe-v1/facts';
import { freshProgress, type TrainingProgress, type TrainingRun } from '../../src/workflows/training-run';

const MINUTE_MS = 60_000;
export const START_MS = Date.UTC(2026, 9, 2, 14);

export const PLAN: TrainingPlan = {
  request: {
    provider: 'apiframe',
    subject: 's-1017',
    photos: ['file:1.jpg'],
    options: { gender: 'female', ethnicity: 'white' },
  },
  facts: APIFRAME_FACTS,
  deadlineMs: 360 * MINUTE_MS,
  pacing: { firstPollMs: 15_000, maxPollMs: 3_600_000 },
  past: null,
};

/** A training that is waited for, as the steps see it, without a workflow around it. */
export function waitingRun(changes: Partial<TrainingProgress> = {}, id = 'train-1'): TrainingRun {
  return {
    id,
    asked: { provider: 'apiframe', subject: 's-1017', photoCount: 12, callbackUrl: null },
    progress: {
      ...freshProgress(),
      state: 'training',
      plan: PLAN,
      deadlineAtMs: START_MS + PLAN.deadlineMs,
      trainingId: 'tr-1',
      trainingSinceMs: START_MS,
      credits: { reserved: 0, spent: 50 },
      charge: 'charged',
      ...changes,
    },
  };
}
