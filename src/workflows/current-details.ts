import { withoutHowToDecide } from '../contract/how-to-decide';
import { isEndState } from '../contract/state';
import { expectedEndOf } from './expected-end';
import { asCode, asText, table } from './markdown';
import { statusLine } from './status-line';
import type { TrainingRun } from './training-run';
import { dayAndClockUtc } from './utc';
import { whatToDo } from './what-to-do';

/** What the Temporal UI shows of a training, in Markdown: one line, what is known, and what to do. Pure. */
export function currentDetails(run: TrainingRun, nowMs: number): string {
  const expectedEndMs = expectedEndOf(run, nowMs);
  const advice = whatToDo(run, { nowMs, expectedEndMs });
  return [
    headline(withoutHowToDecide(statusLine(run))),
    table(known(run, expectedEndMs)),
    ...(advice.length === 0 ? [] : ['### What to do', ...advice]),
  ].join('\n\n');
}

/** A sentence that explains much is no headline. */
const HEADLINE_LENGTH = 160;

function headline(line: string): string {
  const text = asText(line, 1000);
  return text.length > HEADLINE_LENGTH ? text : `**${text}**`;
}

type Row = [name: string, value: string];

function known(run: TrainingRun, expectedEndMs: number | null): Row[] {
  const { asked, progress } = run;
  const { plan, percent, nextPollAtMs, deadlineAtMs, credits, trainingId } = progress;
  const title = plan?.facts.title ?? asked.provider;
  return [
    ['State', progress.state],
    ['Subject', asText(asked.subject, 100)],
    ['Provider', asText(title, 100)],
    ...row('Percent', percent, (value) => `${Math.round(value)} %`),
    ...row('Expected end', expectedEndMs, (ms) => `about ${dayAndClockUtc(ms)}`),
    ...row('Next look', nextPollAtMs, dayAndClockUtc),
    ...row('Deadline', isEndState(progress.state) ? null : deadlineAtMs, dayAndClockUtc),
    ['Credits', `${credits.spent} spent, ${credits.reserved} reserved`],
    ...lastAnswer(run),
    ...row('Training', trainingId, (id) => asCode(id, 200)),
    ...row('Trigger word', progress.triggerWord, (word) => asCode(word, 100)),
    ['Photos', photos(run)],
    ...row('Report', progress.photoSummary?.report ?? null, (key) => `${asCode(key)} in the store`),
    ...row('Failure', progress.failure?.code ?? null, (code) => `${asCode(code)}, see docs/failures.md`),
  ];
}

function row<T>(name: string, value: T | null, say: (value: T) => string): Row[] {
  return value === null ? [] : [[name, say(value)]];
}

function lastAnswer({ progress: { lastAnswerAtMs, providerWord, trainingSinceMs } }: TrainingRun): Row[] {
  if (trainingSinceMs === null) return [];
  if (lastAnswerAtMs === null) return [['Last answer', 'none yet']];
  const word = providerWord === null ? '' : `, it said ${asCode(providerWord, 200)}`;
  return [['Last answer', `${dayAndClockUtc(lastAnswerAtMs)}${word}`]];
}

function photos({ asked, progress }: TrainingRun): string {
  const given = `${asked.photoCount} given`;
  if (progress.photos.length === 0) return given;
  const rejected = progress.photos.filter(({ verdict }) => verdict === 'rejected').length;
  return `${given}, ${progress.photos.length - rejected} good, ${rejected} rejected`;
}
