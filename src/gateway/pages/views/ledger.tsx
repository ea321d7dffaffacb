import type { VNode } from 'preact';
import { differenceSentence } from '../../../accounts/difference-sentence';
import { USUAL_DAYS } from '../../../accounts/asked-days';
import type { LedgerSum } from '../../../accounts/sum-ledger';
import { printable } from '../../../printable';
import { accountAddress } from '../account-address';
import type { SeenAccount, SeenLedger } from '../see-account';
import { Cell, RowsTable } from './rows-table';

/** What the ledger comes to, by customer and by day. */
export function LedgerView({ seen }: { seen: SeenAccount }): VNode {
  return (
    <section aria-labelledby="ledger-title">
      <h2 id="ledger-title">Credits of the last {USUAL_DAYS} days</h2>
      {seen.ledger.is === 'read' ? (
        <Read ledger={seen.ledger} address={accountAddress(seen)} />
      ) : (
        <p class="trouble">{printable(seen.ledger.why)}</p>
      )}
    </section>
  );
}

function Read({ ledger, address }: { ledger: Extract<SeenLedger, { is: 'read' }>; address: string }): VNode {
  const { byCustomer, byDay, difference } = ledger;
  if (byDay.length === 0) return <p>Nothing is on the ledger in these days.</p>;
  return (
    <>
      {difference !== null && <p>{sentence(differenceSentence(difference.credits))}</p>}
      <Sums
        by="Customer"
        sums={byCustomer.toSorted((a, b) => usedOf(b) - usedOf(a)).slice(0, MOST_CUSTOMERS)}
      />
      {byCustomer.length > MOST_CUSTOMERS && (
        <p class="soft">And {byCustomer.length - MOST_CUSTOMERS} customers more, who have used less.</p>
      )}
      <Sums by="Day" sums={byDay.toReversed()} />
      <p class="pages">
        <a href={`${address}/ledger`}>The ledger, CSV</a>
      </p>
    </>
  );
}

const MOST_CUSTOMERS = 50;

function usedOf({ reserved, charged, unknown }: LedgerSum): number {
  return reserved + charged + unknown;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const COLUMNS = ['Trainings', 'Set aside', 'Charged', 'Refunded', 'Unknown'];

function Sums({ by, sums }: { by: 'Customer' | 'Day'; sums: readonly LedgerSum[] }): VNode {
  return (
    <RowsTable columns={[by, ...COLUMNS]} caption={`Credits by ${by.toLowerCase()}`}>
      {sums.map(Row)}
    </RowsTable>
  );
}

function Row({ key, trainings, reserved, charged, refunded, unknown }: LedgerSum): VNode {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {printable(key)}
      </th>
      {[trainings, reserved, charged, refunded, unknown].map((count, at) => (
        <Cell column={COLUMNS[at] ?? ''}>{count}</Cell>
      ))}
    </tr>
  );
}
