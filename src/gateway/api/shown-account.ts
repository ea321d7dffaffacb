import type { z } from 'zod';
import type { Difference, LedgerSum } from '../../accounts/sum-ledger';
import type { AccountStatus } from '../../client';
import { creditsLeft, usedToday } from '../../contract/account-status';
import { utcDay } from '../../contract/day';
import type { accountSchema, creditsSchema } from './account-schemas';

/** With what follows from it today. Pure. */
export function shownAccount(status: AccountStatus, nowMs: number): z.infer<typeof accountSchema> {
  const { balance, ...credits } = status.credits;
  const today = utcDay(nowMs);
  return {
    ...status,
    limits: status.limits === null ? null : { ...status.limits, customers: { ...status.limits.customers } },
    credits: {
      ...credits,
      today: usedToday(status, today),
      left: creditsLeft(status, today),
      balance:
        balance === null
          ? null
          : {
              credits: balance.credits,
              at: new Date(balance.atMs).toISOString(),
              paidSince: balance.paidSince,
            },
    },
  };
}

export function shownCredits({
  sums,
  difference,
  planned,
}: {
  sums: LedgerSum[];
  difference: Difference | null;
  planned: number | null;
}): z.infer<typeof creditsSchema> {
  if (difference === null) return { planned, sums, difference };
  const { credits, fromMs, toMs } = difference;
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return { planned, sums, difference: { credits, from, to } };
}
