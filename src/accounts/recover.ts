import type { LedgerLine } from '../contract/account';

/** What a ledger knows of an account that has lost everything else. */
export interface Recovered {
  nextLine: number;
  day: string;
  /** Of that day, by customer; `''` where there is none. */
  spent: Record<string, number>;
  unknown: Record<string, number>;
  /** Those that have not ended, as far as it knows. */
  holders: Record<string, { customer: string | null; reserved: number; isTraining: boolean }>;
}

/** @param lines of the last days, in their order */
export function recoveredFrom(lines: readonly LedgerLine[], day: string): Recovered {
  const recovered: Recovered = { nextLine: 1, day, spent: {}, unknown: {}, holders: {} };
  for (const line of lines) {
    recovered.nextLine = Math.max(recovered.nextLine, line.n + 1);
    takeLine(recovered, line);
  }
  return recovered;
}

function takeLine(recovered: Recovered, { kind, atMs, training, customer, credits, what }: LedgerLine): void {
  const { holders, spent, unknown, day } = recovered;
  const isToday = new Date(atMs).toISOString().startsWith(day);
  const add = (to: Record<string, number>) => {
    if (isToday) to[customer ?? ''] = (to[customer ?? ''] ?? 0) + credits;
  };
  const holder = training !== null && Object.hasOwn(holders, training) ? holders[training] : undefined;
  switch (kind) {
    case 'reserved':
      if (training !== null) holders[training] = { customer, reserved: credits, isTraining: false };
      return;
    case 'charged':
      add(spent);
      if (holder === undefined) return;
      holder.reserved = Math.max(holder.reserved - credits, 0);
      holder.isTraining ||= what === 'training';
      return;
    case 'unknown':
      add(unknown);
      if (holder !== undefined) holder.reserved = Math.max(holder.reserved - credits, 0);
      return;
    case 'refunded':
    case 'ended':
      if (training !== null) Reflect.deleteProperty(holders, training);
      return;
    case 'balance':
  }
}
