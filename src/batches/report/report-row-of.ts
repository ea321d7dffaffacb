import type { BatchRow, RowState } from '../../contract/batch';
import type { PhotoReason, PhotoVerdict } from '../../contract/photo';
import type { TrainRequest } from '../../contract/request';
import type { TrainResult } from '../../contract/result';
import { creditsFor, mostCredits } from '../price';
import { outcomeOf, type ReportRow } from './report-row';

/** What could be found out about a training. */
export interface SeenTraining {
  state: RowState;
  creditsSpent: number;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Its result, or its status while it is under way; null where nobody can say. */
  said: Pick<TrainResult, 'charge' | 'credits' | 'photos' | 'photoSummary' | 'failure'> | null;
}

/** Pure. @param link to the Temporal UI */
export function reportRowOf(
  { row, id, request: unchecked }: BatchRow & { row: number },
  { state, creditsSpent, startedAt, endedAt, said }: SeenTraining,
  link: string | null,
): ReportRow {
  // As whoever made the manifest has checked it.
  const request = unchecked as TrainRequest;
  const verdicts = said?.photos ?? [];
  const rejected = verdicts.filter(({ verdict }) => verdict === 'rejected').length;
  const isLookedAt = verdicts.length > 0;
  const charge = said?.charge ?? null;
  const outcome = outcomeOf(state, state === 'waiting' ? null : charge, said?.failure?.code);
  const good = verdicts.length - rejected;
  return {
    row,
    id,
    subject: request.subject,
    customer: request.customer ?? null,
    provider: request.provider,
    state,
    outcome,
    photos: request.photos.length,
    photosGood: isLookedAt ? good : null,
    photosRejected: isLookedAt ? rejected : null,
    reasons: reasonsIn(verdicts),
    creditsPlanned: planned(request, outcome === 'photos-rejected' ? 0 : isLookedAt ? good : null),
    creditsReserved: said?.credits.reserved ?? 0,
    creditsSpent: Math.max(said?.credits.spent ?? 0, creditsSpent),
    creditsSaved: said?.photoSummary?.creditsSaved ?? 0,
    charge,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    tookMs: startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    failure: said?.failure ?? null,
    link,
  };
}

/** Nothing is submitted of a row without good photos. */
function planned(request: TrainRequest, good: number | null): number {
  if (good === null) return mostCredits(request);
  return good === 0 ? 0 : creditsFor(request.provider, good);
}

function reasonsIn(verdicts: readonly PhotoVerdict[]): Partial<Record<PhotoReason, number>> {
  const counts: Partial<Record<PhotoReason, number>> = {};
  for (const { verdict, reasons } of verdicts)
    if (verdict === 'rejected') for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
