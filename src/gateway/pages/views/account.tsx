import type { VNode } from 'preact';
import { ofLimit } from '../../../accounts/limit-words';
import type { AccountStatus } from '../../../client';
import { creditsLeft } from '../../../contract/account-status';
import { printable } from '../../../printable';
import { temporalUiLink, type TemporalUi } from '../../../temporal-ui';
import { accountAddress } from '../account-address';
import type { SeenAccount } from '../see-account';
import type { Viewer } from '../viewer';
import { AccountQueue } from './account-queue';
import { AccountTrouble, PausedBadge, spentToday } from './account-words';
import { Clock } from './clock';
import { Fact } from './fact';
import { Layout } from './layout';
import { LedgerView } from './ledger';

interface AccountProps {
  seen: SeenAccount;
  viewer: Viewer;
  temporalUi: TemporalUi | null;
  isReloaded: boolean;
}

/** `GET /accounts/:provider/:account` */
export function AccountView({ seen, viewer, temporalUi, isReloaded }: AccountProps): VNode {
  const { id, provider, status, trouble, today } = seen;
  const name = printable(seen.account);
  return (
    <Layout title={name} viewer={viewer} live={null}>
      <p class="crumbs">
        <a href="/accounts">All accounts</a>
        {temporalUi !== null && <a href={temporalUiLink(temporalUi, id)}>In the Temporal UI</a>}
      </p>
      <h1>
        {name} <PausedBadge status={status} />
      </h1>
      <p class="soft">an account of {provider}</p>
      {isReloaded && (
        <p class="notice done" role="status">
          The limits are read by a worker now; read the page again to see them.
        </p>
      )}
      {trouble !== null && <p class="trouble">{printable(trouble)}</p>}
      {status !== null && status.problem !== null && (
        <p>
          <AccountTrouble status={status} />
        </p>
      )}
      {status !== null && <Numbers status={status} today={today} />}
      <Actions seen={seen} may={viewer.scopes.includes('start') ? 'start' : 'look'} />
      {status !== null && <AccountQueue status={status} />}
      <LedgerView seen={seen} />
    </Layout>
  );
}

function Numbers({ status, today }: { status: AccountStatus; today: string }): VNode {
  const { limits, slotsTaken, waiting, unwritten, credits } = status;
  const { balance } = credits;
  const perMinute = limits?.submissionsPerMinute ?? null;
  return (
    <section class="card" aria-label="Now">
      <dl>
        <Fact name="Slots taken">{ofLimit(slotsTaken, limits?.slots)}</Fact>
        <Fact name="Waiting">{waiting}</Fact>
        <Fact name="Credits spent today">{spentToday(status, today)}</Fact>
        <Fact name="Set aside">{credits.reserved}</Fact>
        <Fact name="Planned for those that wait">{credits.planned}</Fact>
        <Fact name="Credits left">{creditsLeft(status, today) ?? 'no limit known'}</Fact>
        {balance !== null && (
          <Fact name="Balance at the provider">
            {balance.credits}, <Clock at={new Date(balance.atMs)} to="second" />
            {balance.paidSince > 0 && `, ${balance.paidSince} paid since`}
          </Fact>
        )}
        {perMinute !== null && <Fact name="Submissions a minute">at most {perMinute}</Fact>}
        {limits?.isExclusive === true && <Fact name="Paid calls">one at a time</Fact>}
        {limits === null && <Fact name="Limits">no worker has said them yet</Fact>}
        {limits !== null && <Customers limits={limits} />}
        {unwritten > 0 && <Fact name="Lines not on the ledger yet">{unwritten}</Fact>}
      </dl>
    </section>
  );
}

function Customers({ limits }: { limits: NonNullable<AccountStatus['limits']> }): VNode | null {
  const { slots, creditsPerDay } = limits.eachCustomer;
  const named = Object.keys(limits.customers).length;
  const words = [
    ...(slots === null ? [] : [`${slots} slot${slots === 1 ? '' : 's'}`]),
    ...(creditsPerDay === null ? [] : [`${creditsPerDay} credits a day`]),
    ...(named === 0 ? [] : [`${named} with limits of their own`]),
  ];
  return words.length === 0 ? null : <Fact name="Each customer">{words.join(', ')}</Fact>;
}

function Actions({ seen, may }: { seen: SeenAccount; may: 'start' | 'look' }): VNode {
  const address = accountAddress(seen);
  return (
    <section aria-label="What to do">
      <p>
        <a href={address}>Read it again</a>
      </p>
      {may === 'start' && (
        <form method="post" action={`${address}/reload`} class="choice">
          <p>
            A changed <code>accounts.yaml</code> is obeyed within a minute.
          </p>
          <button id="do-reload">Obey it now</button>
        </form>
      )}
    </section>
  );
}
