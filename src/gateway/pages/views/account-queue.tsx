import type { VNode } from 'preact';
import type { AccountStatus } from '../../../client';
import { printable } from '../../../printable';
import { Cell, RowsTable } from './rows-table';

/** Those that wait for a place, in the order in which they come. */
export function AccountQueue({ status: { next, waiting } }: { status: AccountStatus }): VNode {
  const others = waiting - next.length;
  return (
    <section aria-labelledby="queue-title">
      <h2 id="queue-title">Who waits</h2>
      {next.length === 0 ? <p>Nobody waits.</p> : <Table next={next} />}
      {others > 0 && <p class="soft">And {others} more.</p>}
    </section>
  );
}

function Table({ next }: Pick<AccountStatus, 'next'>): VNode {
  return (
    <RowsTable columns={['Place', 'Training', 'Why it waits']}>
      {next.map(({ id, place, words }) => (
        <tr role="row">
          <Cell column="Place">{place}</Cell>
          <th scope="row" role="rowheader">
            <a href={`/trainings/${encodeURIComponent(id)}`}>{printable(id)}</a>
          </th>
          <Cell column="Why it waits">{printable(words)}</Cell>
        </tr>
      ))}
    </RowsTable>
  );
}
