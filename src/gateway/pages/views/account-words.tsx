import type { VNode } from 'preact';
import { limitsHold, ofLimit } from '../../../accounts/limit-words';
import type { AccountStatus } from '../../../client';
import { usedToday } from '../../../contract/account-status';
import { printable } from '../../../printable';

/** Such as `98 of 400 (48 of them perhaps)`. */
export function spentToday(status: AccountStatus, today: string): string {
  const { spent, unknown } = usedToday(status, today);
  const perhaps = unknown > 0 ? ` (${unknown} of them perhaps)` : '';
  return `${ofLimit(spent + unknown, status.limits?.creditsPerDay)}${perhaps}`;
}

export function PausedBadge({ status }: { status: AccountStatus | null }): VNode | null {
  return status?.limits?.isPaused === true ? <span class="badge ask">paused</span> : null;
}

/** What is wrong with it; `–` where nothing is. */
export function AccountTrouble({ status }: { status: AccountStatus | null }): VNode {
  if (status === null) return <span class="trouble">No worker answers for it right now.</span>;
  if (status.problem === null) return <span>–</span>;
  return <span class="trouble">{printable(limitsHold(status.problem))}</span>;
}
