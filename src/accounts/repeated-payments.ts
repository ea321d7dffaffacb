import type { LedgerLine } from '../contract/account';

/**
 * Lines of payments that stand on the ledger before. What a training has paid for has a key of its own; an account that was terminated
 * as its lines were being written books it once more. Pure.
 */
export function repeatedPayments(lines: readonly LedgerLine[]): ReadonlySet<LedgerLine> {
  const known = new Set<string>();
  const repeated = new Set<LedgerLine>();
  for (const line of lines) {
    const { kind, training, key } = line;
    if (key === null || (kind !== 'charged' && kind !== 'unknown')) continue;
    const payment = JSON.stringify([training, key]);
    if (known.has(payment)) repeated.add(line);
    known.add(payment);
  }
  return repeated;
}
