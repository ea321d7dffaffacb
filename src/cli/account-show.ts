import { limitsHold, ofLimit } from '../accounts/limit-words';
import { creditsLeft, usedToday, type AccountStatus } from '../contract/account-status';
import { utcDay } from '../contract/day';
import type { Config } from '../config';
import type { ProviderName } from '../contract/request';
import { withDarkroom, type HomeOption } from './reach';

export interface AccountOptions extends HomeOption {
  provider: ProviderName;
  account?: string;
}

/** Which account is meant: the one that is named, or the one of the environment. */
export function accountName(
  { provider, account }: Pick<AccountOptions, 'provider' | 'account'>,
  config: Config,
): string {
  return account ?? config[provider].account;
}

const NONE_YET =
  'No training has asked this account for a place lately. Its limits stand in accounts.yaml of the workers (docs/accounts.md).\n';

/** `darkroom account show` */
export async function accountShow({ json, ...options }: AccountOptions & { json?: true }): Promise<void> {
  await withDarkroom(options, async (darkroom, { config }) => {
    const status = await darkroom.account(options.provider, accountName(options, config));
    if (json === true) process.stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    else process.stdout.write(status === null ? NONE_YET : shown(status));
  });
}

/** `darkroom account reload` */
export async function accountReload(options: AccountOptions): Promise<void> {
  await withDarkroom(options, async (darkroom, { config }) => {
    const isThere = await darkroom.reloadAccount(options.provider, accountName(options, config));
    process.stdout.write(isThere ? 'The limits are read now.\n' : NONE_YET);
  });
}

function shown(status: AccountStatus): string {
  const { provider, account, limits, slotsTaken, waiting, next, credits, problem } = status;
  const today = utcDay(Date.now());
  const { spent, unknown } = usedToday(status, today);
  const left = creditsLeft(status, today);
  const perhaps = unknown > 0 ? ` (${unknown} of them perhaps)` : '';
  const lines = [
    `${provider} (${account})${limits?.isPaused === true ? ' · paused' : ''}`,
    `slots    ${ofLimit(slotsTaken, limits?.slots)} taken`,
    `credits  ${ofLimit(spent + unknown, limits?.creditsPerDay)} spent today${perhaps}, ${credits.reserved} set aside, ${credits.planned} planned for those that wait`,
    ...(left === null ? [] : [`left     ${left}`]),
    ...(credits.balance === null
      ? []
      : [`balance  ${credits.balance.credits} at the provider, ${clock(credits.balance.atMs)}`]),
    `waiting  ${waiting}`,
    ...next.map(({ id, place, words }) => `  ${String(place).padStart(3)}  ${id}  ${words}`),
    ...(problem === null ? [] : [limitsHold(problem)]),
  ];
  return `${lines.join('\n')}\n`;
}

function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
