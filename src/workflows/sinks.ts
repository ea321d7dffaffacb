import { proxySinks, type Sinks } from '@temporalio/workflow';
import type { TrainingState } from '../contract/state';

/** What a worker may count of trainings as they go on; not while they are replayed. Nothing comes back, and nothing depends on it. */
export interface TrainingSinks extends Sinks {
  darkroom: { entered(provider: string, state: TrainingState): void };
}

export const { darkroom } = proxySinks<TrainingSinks>();
