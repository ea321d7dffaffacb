import { setHandler } from '@temporalio/workflow';
import type { AccountAnswer } from '../contract/account';
import { announce } from './enter-state';
import { placeSignal } from './messages';
import type { TrainingRun } from './training-run';

/** What the account of a training has said of it. Of an account without limits nothing is asked. */
export interface Place {
  is: 'not-asked' | 'asked' | 'waits' | 'in' | 'refused';
  /** `free`: paid calls need no turn. `none`: the last one is over. */
  turn: 'free' | 'now' | 'later' | 'none';
  /** What it waits for, or why it was refused. */
  words: string;
  /** Since when it waits for a slot; null while it does not. Unix milliseconds. */
  sinceMs: number | null;
}

export const NO_PLACE: Place = { is: 'not-asked', turn: 'none', words: '', sinceMs: null };

export function takePlace(run: TrainingRun): void {
  setHandler(placeSignal, (answer) => heed(run, answer), {
    description: 'Of the account, to its trainings.',
  });
}

function isAnswer(given: unknown): given is AccountAnswer {
  const { answer, turn, place, words } = (given ?? {}) as Record<string, unknown>;
  if (answer === 'in') return turn === 'free' || turn === 'now' || turn === 'later';
  if (typeof words !== 'string') return false;
  return answer === 'refused' || (answer === 'waits' && typeof place === 'number');
}

function heed(run: TrainingRun, answer: AccountAnswer): void {
  const { progress } = run;
  // Anybody can signal a workflow, and what is no answer must not stop it.
  if (progress.place.is === 'not-asked' || !isAnswer(answer)) return;
  switch (answer.answer) {
    case 'in':
      stopWaiting(run);
      progress.place = {
        is: 'in',
        turn: answer.turn,
        words: answer.turn === 'later' ? 'waits for its turn on the account' : '',
        sinceMs: null,
      };
      break;
    case 'waits':
      progress.place = {
        is: 'waits',
        turn: 'none',
        words: `place ${answer.place}: ${answer.words}`,
        sinceMs: progress.place.sinceMs ?? Date.now(),
      };
      break;
    case 'refused':
      progress.place = { ...progress.place, is: 'refused', words: answer.words };
      break;
  }
  if (progress.state === 'queued') progress.note = progress.place.words;
  announce(run);
}

/** It asks, or asks again. The clock of its deadline stands still, unless the request has set the deadline. */
export function startWaiting({ progress }: TrainingRun): void {
  const sinceMs = progress.place.sinceMs ?? Date.now();
  progress.place = { is: 'asked', turn: 'none', words: '', sinceMs };
}

function stopWaiting(run: TrainingRun): void {
  const { progress } = run;
  const { sinceMs } = progress.place;
  if (sinceMs !== null && progress.deadlineAtMs !== null && isClockStopped(run))
    progress.deadlineAtMs += Date.now() - sinceMs;
}

/** While it waits for a slot: hours in a queue must not end a training that has not begun. */
export function isClockStopped({ progress: { place, plan } }: TrainingRun): boolean {
  return place.sinceMs !== null && plan?.request.deadlineMs === undefined;
}

/** It has a slot, its credits are set aside, and it may make a paid call. */
export function isThere({ progress: { place } }: TrainingRun): boolean {
  return place.is === 'in' && (place.turn === 'free' || place.turn === 'now');
}

export function turnIsOver({ progress: { place } }: TrainingRun): void {
  if (place.turn !== 'free') place.turn = 'none';
}
