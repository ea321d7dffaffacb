import { darkroomCommand } from './command-line';
import { DECISIONS_AS_JSON } from './decision-problem';
import { asCode, asText, list } from './markdown';
import type { TrainingRun } from './training-run';
import { dayAndClockUtc } from './utc';

/** As for the lists: one missed answer is ordinary. */
const LOOKS_WITHOUT_ANSWER = 3;
/** Of the time that the whole training may take. */
const NEAR_DEADLINE = 0.1;

export interface Outlook {
  nowMs: number;
  expectedEndMs: number | null;
}

/** What a person must or may do now, as paragraphs of Markdown; empty where there is nothing. Pure. */
export function whatToDo(run: TrainingRun, outlook: Outlook): string[] {
  return [...byState(run), ...nearDeadline(run, outlook)];
}

function byState(run: TrainingRun): string[] {
  switch (run.progress.state) {
    case 'normalizing':
      return [
        'Nothing. If it stays here for minutes, see whether a worker serves the queue `darkroom-photos`.',
      ];
    case 'queued':
      if (run.progress.place.words !== '')
        return [
          `Nothing: it starts when the account lets it in. ${asCode(darkroomCommand('account', 'show'))} says who waits and why.`,
        ];
      return ['Nothing: it is tried again by itself. The signal `nudge` tries it now.'];
    case 'reconciling':
      return [
        'Nothing yet: it is looked up again and again, and without proof a person is asked. The signal `nudge` looks now.',
      ];
    case 'needs-decision':
      return toDecide(run);
    case 'training':
      return noAnswer(run);
    case 'canceled':
    case 'timed-out':
      return waitAgain(run);
    case 'uploading':
    case 'submitting':
    case 'succeeded':
    case 'failed':
      return [];
  }
}

function toDecide({ id, asked, progress }: TrainingRun): string[] {
  const title = asText(progress.plan?.facts.title ?? asked.provider);
  const commands = [
    `it is there: ${asCode(darkroomCommand('decide', id, 'adopt', 'TRAINING'))} with its id`,
    `it is not: ${asCode(darkroomCommand('decide', id, 'retry', '--accept-second-charge'))}; if it has started all the same, both are charged`,
    `give up: ${asCode(darkroomCommand('decide', id, 'abandon'))}; it may have been charged`,
  ];
  return [
    `Look for the training in the account at ${title}, and then:`,
    list(commands),
    `Or on this page, *Send an Update*, \`decide\`, with one of`,
    list(Object.values(DECISIONS_AS_JSON).map((one) => asCode(one))),
  ];
}

function noAnswer({ progress, asked }: TrainingRun): string[] {
  const { failedPollsInARow, note, plan } = progress;
  if (failedPollsInARow < LOOKS_WITHOUT_ANSWER) return [];
  const title = asText(plan?.facts.title ?? asked.provider);
  return [
    `${title} has not answered ${failedPollsInARow} looks in a row (${asText(note)}). The training goes on there, and is looked at until the deadline.`,
    `See whether ${title} is up, and whether ${asCode('darkroom doctor')} finds the key good. The signal \`nudge\` looks now.`,
  ];
}

function waitAgain({ id, progress: { charge, trainingId } }: TrainingRun): string[] {
  if (charge === 'none') return [];
  return [
    `What is paid need not be lost: ${asCode(darkroomCommand('adopt', id, trainingId ?? 'TRAINING'))} waits for it again and submits nothing.`,
  ];
}

function nearDeadline({ id, progress }: TrainingRun, { nowMs, expectedEndMs }: Outlook): string[] {
  const { deadlineAtMs, plan, charge, trainingId, failure, state } = progress;
  const isOver = failure !== null || state === 'succeeded' || state === 'canceled';
  if (deadlineAtMs === null || plan === null || isOver) return [];
  const isNear = deadlineAtMs - nowMs < plan.deadlineMs * NEAR_DEADLINE;
  const isTooLate = expectedEndMs !== null && expectedEndMs > deadlineAtMs;
  if (!isNear && !isTooLate) return [];
  const why = isTooLate ? 'It will probably not end before its deadline' : 'Its deadline is near';
  const after =
    charge === 'none'
      ? 'Nothing is bought after that.'
      : `What is paid need not be lost then: ${asCode(darkroomCommand('adopt', id, trainingId ?? 'TRAINING'))} waits for it again.`;
  return [`${why}, ${dayAndClockUtc(deadlineAtMs)}. ${after}`];
}
