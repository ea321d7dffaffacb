import { colors as pc } from './colors';
import type { PhotoVerdict } from '../contract/photo';
import type { PhotoSummary, TrainResult } from '../contract/result';
import type { TrainStatus } from '../contract/status';
import { REASON_SENTENCES } from '../photos/reason-sentences';
import { printable } from '../printable';

/** The object that `train --json` ends with. */
export function trainingJson(status: TrainStatus | TrainResult, photos: readonly PhotoVerdict[]) {
  const { id, state, provider, trainingId, triggerWord, results, credits, charge, failure, photoSummary } =
    status;
  return {
    id,
    state,
    provider,
    trainingId,
    triggerWord,
    results,
    credits,
    charge,
    failure,
    line: lineOf(status),
    photos,
    photoSummary,
  };
}

/** How a training ended, for a person. */
export function trainingReport(status: TrainStatus): string[] {
  const { state, trainingId, triggerWord, results, credits, failure, line, photoSummary } = status;
  const ids = [
    ...(trainingId === null ? [] : [`  training      ${trainingId}`]),
    ...(triggerWord === null ? [] : [`  trigger word  ${triggerWord}`]),
    ...(results.length === 0
      ? []
      : [`  results       ${results.length} images in the store, ${folderOf(results)}`]),
    `  credits       ${credits.spent} spent${credits.reserved > 0 ? `, ${credits.reserved} reserved` : ''}`,
    ...(photoSummary === null ? [] : summaryReport(photoSummary)),
  ];
  switch (state) {
    case 'succeeded':
      return [pc.green('Trained.'), ...ids];
    case 'needs-decision':
      return [pc.yellow('The training needs a decision.'), `  ${printable(line)}`, ...ids];
    default:
      return [
        pc.red(ENDED[state] ?? `The training is ${state}.`),
        `  ${printable(failure?.message ?? line)}`,
        ...ids,
      ];
  }
}

/** What is said of a photo set as a whole. */
export function summaryReport({ advice, creditsSaved, notices, report }: PhotoSummary): string[] {
  return [
    ...notices.map((notice) => `  notice        ${notice}`),
    ...(creditsSaved > 0 ? [`  saved         ${creditsSaved} credits, for photos that a gate rejected`] : []),
    `  photo set     ${advice}`,
    `  report        ${report}`,
  ];
}

function folderOf([first = '']: readonly string[]): string {
  return first.slice(0, first.lastIndexOf('/') + 1);
}

const ENDED: Partial<Record<TrainStatus['state'], string>> = {
  failed: 'The training failed.',
  canceled: 'The training was canceled.',
  'timed-out': 'The training passed its deadline.',
};

/** What to do now, where something is to be done. */
function lineOf(status: TrainStatus | TrainResult): string | null {
  return 'line' in status ? status.line : null;
}

const COLORS = { accepted: pc.green, warned: pc.yellow, rejected: pc.red } as const;

/** One line a photo, and what to do about those that are not simply good. */
export function photoReport(photos: readonly PhotoVerdict[]): string[] {
  const width = Math.min(Math.max(0, ...photos.map(({ photo }) => photo.length)), 40);
  return photos.map(({ photo, verdict, reasons, twin }) => {
    const repeats = twin === undefined ? '' : ` (${printable(twin)})`;
    const why = reasons.map((reason) => `${reason}: ${REASON_SENTENCES[reason]}`).join(' ') + repeats;
    return `  ${COLORS[verdict](verdict.padEnd(8))}  ${printable(photo).padEnd(width)}  ${why}`.trimEnd();
  });
}
