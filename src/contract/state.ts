/** The one vocabulary of states: search attribute, status line, CLI. */
export const ACTIVE_STATES = [
  'normalizing',
  'uploading',
  'queued',
  'submitting',
  'reconciling',
  'needs-decision',
  'training',
] as const;
export const END_STATES = ['succeeded', 'failed', 'canceled', 'timed-out'] as const;

export type ActiveState = (typeof ACTIVE_STATES)[number];
export type EndState = (typeof END_STATES)[number];
export type TrainingState = ActiveState | EndState;

export function isEndState(state: TrainingState): state is EndState {
  return (END_STATES as readonly string[]).includes(state);
}
