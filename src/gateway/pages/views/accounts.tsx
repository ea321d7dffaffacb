import type { VNode } from 'preact';
import { ofLimit } from '../../../accounts/limit-words';
import { creditsLeft } from '../../../contract/account-status';
import { printable } from '../../../printable';
import { accountAddress } from '../account-address';
import type { SeenAccounts } from '../see-account';
import type { Viewer } from '../viewer';
import { AccountTrouble, PausedBadge, spentToday } from './account-words';
import { Layout } from './layout';
import { Cell, RowsTable } from './rows-table';

type Listed = SeenAccounts['accounts'][number];

/** `GET /accounts` */
export function AccountsView({ viewer, ...seen }: SeenAccounts & { viewer: Viewer }): VNode {
  return (
    <Layout title="Accounts" viewer={viewer} live={null}>
      <h1>Accounts with limits</h1>
      {seen.accounts.length === 0 ? <Nobody /> : <Table {...seen} />}
    </Layout>
  );
}

function Nobody(): VNode {
  return (
    <>
      <p>
        No training has asked an account with limits for a place yet. A file <code>accounts.yaml</code>{' '}
        switches limits on, in <code>DARKROOM_HOME</code> of the workers or where{' '}
        <code>DARKROOM_ACCOUNTS</code> says:
      </p>
      <p>
        <code>{'accounts: [{ provider: apiframe, slots: 10, creditsPerDay: 4000 }]'}</code>
      </p>
    </>
  );
}

const COLUMNS = ['Account', 'Slots taken', 'Waiting', 'Spent today', 'Set aside', 'Credits left', 'Trouble'];

function Table({ accounts, today }: SeenAccounts): VNode {
  return (
    <RowsTable columns={COLUMNS}>
      {accounts.map((one) => (
        <Row one={one} today={today} />
      ))}
    </RowsTable>
  );
}

function Row({ one, today }: { one: Listed; today: string }): VNode {
  const cells = one.status === null ? NOTHING_KNOWN : cellsOf(one.status, today);
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={accountAddress(one)}>{printable(one.account)}</a> <PausedBadge status={one.status} />
        <span class="soft">{one.provider}</span>
      </th>
      {cells.map((cell, at) => (
        <Cell column={COLUMNS[at + 1] ?? ''}>{cell}</Cell>
      ))}
      <Cell column="Trouble">
        <AccountTrouble status={one.status} />
      </Cell>
    </tr>
  );
}

const NOTHING_KNOWN = ['–', '–', '–', '–', '–'];

function cellsOf(status: NonNullable<Listed['status']>, today: string): (string | number)[] {
  const { limits, slotsTaken, waiting, credits } = status;
  return [
    ofLimit(slotsTaken, limits?.slots),
    waiting,
    spentToday(status, today),
    credits.reserved,
    creditsLeft(status, today) ?? 'no limit known',
  ];
}
