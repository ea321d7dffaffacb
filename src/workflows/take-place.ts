import { setHandler } from '@temporalio/workflow';
import type { AccountAnswer } from '../contract/account';
import { assertNever } from '../contract/assert-never';
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
}

export const NO_PLACE: Place = { is: 'not-asked', turn: 'none', words: '' };

export function takePlace(run: TrainingRun): void {
  setHandler(placeSignal, (answer) => heed(run, answer), {
    description: 'Of the account, to its trainings.',
  });
}

function heed(run: TrainingRun, answer: AccountAnswer): void {
  const { progress } = run;
  if (progress.place.is === 'not-asked') return; // of nobody that was asked
  switch (answer.answer) {
    case 'in':
      progress.place = {
        is: 'in',
        turn: answer.turn,
        words: answer.turn === 'later' ? 'waits for its turn on the account' : '',
      };
      break;
    case 'waits':
      progress.place = { is: 'waits', turn: 'none', words: `place ${answer.place}: ${answer.words}` };
      break;
    case 'refused':
      progress.place = { is: 'refused', turn: 'none', words: answer.words };
      break;
    default:
      assertNever(answer);
  }
  if (progress.state === 'queued') progress.note = progress.place.words;
  announce(run);
}

/** It has a slot, its credits are set aside, and it may make a paid call. */
export function isThere({ progress: { place } }: TrainingRun): boolean {
  return place.is === 'in' && (place.turn === 'free' || place.turn === 'now');
}

export function turnIsOver({ progress: { place } }: TrainingRun): void {
  if (place.turn !== 'free') place.turn = 'none';
}
