import { colors as pc } from './colors';
import type { TrainStatus } from '../contract/status';

const BAR_WIDTH = 24;

export interface Moment {
  status: TrainStatus;
  nowMs: number;
}

/** What a terminal shows of a running training: a bar for each stage, credits, and what happens next. Pure. */
export function progressLines(moment: Moment): string[] {
  const { status } = moment;
  return [
    `${pc.bold(status.subject)} ${pc.dim(status.id)}`,
    row('normalize', ...normalizeStage(moment)),
    row('upload', ...uploadStage(moment)),
    row('submit', ...submitStage(status)),
    row('train', ...trainStage(moment)),
    `  ${pc.dim('credits'.padEnd(10))}${creditsText(status)}`,
    ...(isWorthReading(status) ? [`  ${pc.yellow(status.line)}`] : []),
  ];
}

type Stage = [share: number, text: string];

function normalizeStage({ status }: Moment): Stage {
  const done = status.photos.length > 0 ? status.photos.length : (status.photosDone ?? 0);
  const counter = `${done}/${status.photoCount} photos`;
  if (status.photos.length === 0) return [done / Math.max(status.photoCount, 1), counter];
  const rejected = status.photos.filter(({ verdict }) => verdict === 'rejected').length;
  return [1, `${counter}, ${status.photos.length - rejected} good, ${rejected} rejected`];
}

function uploadStage({ status, nowMs }: Moment): Stage {
  if (status.state === 'uploading') {
    return [
      status.nextPollAt === null ? 0.3 : 0.7,
      status.nextPollAt === null ? 'sending' : `being prepared${nextLook(status, nowMs)}`,
    ];
  }
  return status.uploads > 0 ? [1, 'ready'] : [0, ''];
}

function submitStage(status: TrainStatus): Stage {
  if (status.trainingId !== null) return [1, `accepted, ${status.trainingId}`];
  if (status.state === 'submitting') return [0.5, 'asked once, waiting for the answer'];
  if (status.state === 'needs-decision') return [0.5, 'outcome unknown'];
  return [0, ''];
}

function trainStage({ status, nowMs }: Moment): Stage {
  if (status.state === 'succeeded') return [1, 'done'];
  if (status.state !== 'training') return [0, ''];
  return [(status.percent ?? 0) / 100, `${status.percent ?? '?'} %${nextLook(status, nowMs)}`];
}

function creditsText({ credits: { reserved, spent } }: TrainStatus): string {
  return `${spent} spent${reserved > 0 ? `, ${reserved} reserved` : ''}`;
}

function nextLook({ nextPollAt }: TrainStatus, nowMs: number): string {
  if (nextPollAt === null) return ', looking';
  return `, next look in ${Math.max(Math.ceil((Date.parse(nextPollAt) - nowMs) / 1000), 0)} s`;
}

/** In the usual course the bars say it all. */
function isWorthReading({ state, failedPollsInARow }: TrainStatus): boolean {
  return (
    failedPollsInARow > 0 || ['queued', 'needs-decision', 'failed', 'timed-out', 'canceled'].includes(state)
  );
}

function row(name: string, share: number, text: string): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * BAR_WIDTH);
  const bar = pc.green('█'.repeat(filled)) + pc.dim('░'.repeat(BAR_WIDTH - filled));
  return `  ${name.padEnd(10)}${bar}  ${text}`;
}
