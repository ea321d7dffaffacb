import type { RowState } from '../../contract/batch';
import type { FailureCode } from '../../contract/failure-code';
import type { PhotoReason } from '../../contract/photo';
import type { Charge } from '../../contract/result';

/** What somebody who reads a report wants to know of a row first. */
export const OUTCOMES = [
  'done',
  'photos-rejected',
  'refused',
  'failed',
  'unknown',
  'canceled',
  'timed-out',
  'terminated',
  'left-out',
  'under-way',
  'waiting',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** All that a report says of one row. Instants are ISO 8601, in UTC. */
export interface ReportRow {
  /** As the manifest counts them. */
  row: number;
  id: string;
  subject: string;
  customer: string | null;
  provider: string;
  state: RowState;
  outcome: Outcome;
  /** Asked for; good and rejected ones are null before they were looked at. */
  photos: number;
  photosGood: number | null;
  photosRejected: number | null;
  /** Why, and how many. */
  reasons: Partial<Record<PhotoReason, number>>;
  /** What it costs by its good photos; before they were looked at, if all are. */
  creditsPlanned: number;
  creditsReserved: number;
  creditsSpent: number;
  creditsSaved: number;
  /** Null where there is no training, or nobody can say. */
  charge: Charge | null;
  startedAt: string | null;
  endedAt: string | null;
  tookMs: number | null;
  failure: { code: string; message: string } | null;
  /** To the Temporal UI, where that is known. */
  link: string | null;
}

const NOT_ADMITTED: readonly (FailureCode | undefined)[] = [
  'InvalidRequest',
  'CallbackNotAllowed',
  'ProviderNotConfigured',
  'ProviderKeyRejected',
  'ProviderRefused',
  'DuplicateTraining',
  'IdTaken',
  'ModelTaken',
  'StyleExpired',
  'OverBudget',
];

/** What a row comes to. One that may have been charged without anybody knowing comes before all else. Pure. */
export function outcomeOf(state: RowState, charge: Charge | null, code: FailureCode | undefined): Outcome {
  if (charge === 'unknown') return 'unknown';
  switch (state) {
    case 'waiting':
      return 'waiting';
    case 'succeeded':
      return 'done';
    case 'failed':
      if (code === 'TooFewPhotos' || code === 'TooManyPhotos') return 'photos-rejected';
      return NOT_ADMITTED.includes(code) ? 'refused' : 'failed';
    case 'canceled':
    case 'timed-out':
    case 'terminated':
    case 'left-out':
      return state;
    case 'needs-decision':
      return 'unknown';
    default:
      return 'under-way';
  }
}
