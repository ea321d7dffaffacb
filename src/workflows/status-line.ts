import { assertNever } from '../contract/assert-never';
import { HOW_TO_DECIDE } from '../contract/how-to-decide';
import { describeDuration } from '../duration';
import type { TrainingRun } from './training-run';
import { clockUtc } from './utc';

/**
 * One sentence for a person who asks what happens: in the Temporal UI, in `darkroom show`, in the `status` query.
 * Clock times are UTC, because the reader's zone is not known here.
 */
export function statusLine({ asked, progress }: TrainingRun): string {
  const title = progress.plan?.facts.title ?? 'the provider';
  const note = progress.note === '' ? [] : [progress.note];
  switch (progress.state) {
    case 'normalizing':
      return parts(`Normalizing ${count(asked.photoCount, 'photo')}`, ...note);
    case 'uploading':
      return parts(
        `Uploading to ${title}`,
        ...nextLook(progress.nextPollAtMs),
        ...note,
        ...credits(progress.credits),
      );
    case 'queued':
      return parts(`Waiting to submit to ${title}`, ...note);
    case 'submitting':
      return parts(`Submitting to ${title}, once`, `${progress.credits.reserved} credits reserved`);
    case 'reconciling':
      return parts(
        `Finding out whether ${title} has started`,
        `lookup ${progress.lookUps}`,
        ...nextLook(progress.nextPollAtMs),
        ...note,
        ...credits(progress.credits),
      );
    case 'needs-decision':
      return parts('A person must decide', ...note);
    case 'training':
      return parts(`Training at ${title}`, ...trainingParts(progress), ...note, ...credits(progress.credits));
    case 'succeeded':
      return parts(
        `Trained at ${title}`,
        `training ${progress.trainingId ?? '?'}`,
        ...credits(progress.credits),
      );
    case 'failed':
      return parts('Failed', progress.failure?.message ?? progress.note, ...credits(progress.credits));
    case 'canceled':
    case 'timed-out':
      return parts(
        progress.state === 'canceled' ? 'Canceled' : 'Timed out',
        ...note,
        ...credits(progress.credits),
      );
    default:
      return assertNever(progress.state);
  }
}

function trainingParts(progress: TrainingRun['progress']): string[] {
  const { percent, providerWord, trainingSinceMs, failedPollsInARow, lastAnswerAtMs } = progress;
  const stuck =
    failedPollsInARow > 0
      ? [
          `no answer since ${clock(lastAnswerAtMs ?? trainingSinceMs)}, ${count(failedPollsInARow, 'look')} in a row`,
        ]
      : [];
  return [
    ...(percent === null ? [] : [`${percent} %`]),
    ...(providerWord === null ? [] : [`it says "${providerWord}"`]),
    ...stuck,
    ...nextLook(progress.nextPollAtMs),
  ];
}

/** What a canceled or late training may still cost. Said plainly, because nobody else tells the person. */
export function stillBilled(run: TrainingRun): string {
  const { charge, trainingId, plan } = run.progress;
  const title = plan?.facts.title ?? 'the provider';
  switch (charge) {
    case 'none':
      return 'no training was started';
    case 'charged':
      return plan?.facts.cancel === 'none'
        ? `${title} cannot cancel a started training: ${trainingId ?? 'it'} runs on there and is billed`
        : `training ${trainingId ?? '?'} was started and is billed`;
    case 'unknown':
      return `${title} may have started a training and may bill it`;
    default:
      return assertNever(charge);
  }
}

export function deadlineNote(run: TrainingRun): string {
  const { plan } = run.progress;
  const allowed = plan === null ? '' : ` of ${describeDuration(plan.deadlineMs)}`;
  return `the deadline${allowed} has passed; ${stillBilled(run)}${goOn(run)}`;
}

/** What is paid, or may be, need not be lost. */
function goOn({ id, progress: { charge, trainingId } }: TrainingRun): string {
  if (charge === 'none') return '';
  return `; darkroom adopt ${id} ${trainingId ?? 'TRAINING'} waits for it again without submitting`;
}

/** What is known of a submission whose outcome is unknown, what it costs, and what to type. */
export function decisionNote({ id, progress, asked }: TrainingRun, words: string): string {
  const title = progress.plan?.facts.title ?? asked.provider;
  const { reserved } = progress.credits;
  const cost = reserved > 0 ? `${reserved} credits` : 'what was bought for it';
  return `submission ${progress.submissions} to ${title} has an unknown outcome: ${words}; it may have cost ${cost}, and nothing is sent again${HOW_TO_DECIDE} at ${title}, then type darkroom decide ${id} adopt TRAINING if it is there, retry --accept-second-charge if it is not, or abandon`;
}

function nextLook(nextPollAtMs: number | null): string[] {
  return nextPollAtMs === null ? [] : [`next look ${clock(nextPollAtMs)}`];
}

function credits({ reserved, spent }: { reserved: number; spent: number }): string[] {
  return [
    ...(spent > 0 ? [`${spent} credits spent`] : []),
    ...(reserved > 0 ? [`${reserved} reserved`] : []),
  ];
}

function clock(ms: number | null): string {
  return ms === null ? 'never' : clockUtc(ms);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function parts(...texts: string[]): string {
  return texts.filter((text) => text !== '').join(' · ');
}
