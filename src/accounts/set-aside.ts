import type { LedgerLine } from '../contract/account';
import { assertNever } from '../contract/assert-never';

/** What a training has set aside after a line of the ledger. Pure. */
export function setAsideAfter(
  { kind, credits }: Pick<LedgerLine, 'kind' | 'credits'>,
  before: number,
): number {
  switch (kind) {
    case 'reserved':
      return credits;
    case 'charged':
    case 'unknown':
      return Math.max(before - credits, 0);
    case 'refunded':
    case 'ended':
      return 0;
    case 'balance':
      return before;
    default:
      return assertNever(kind);
  }
}
