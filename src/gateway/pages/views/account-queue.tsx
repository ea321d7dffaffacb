import type { VNode } from 'preact';
import type { AccountStatus } from '../../../client';
import { printable } from '../../../printable';

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
    <table class="rows" role="table">
      <thead>
        <tr role="row">
          {['Place', 'Training', 'Why it waits'].map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {next.map(({ id, place, words }) => (
          <tr role="row">
            <td role="cell" data-label="Place">
              {place}
            </td>
            <th scope="row" role="rowheader">
              <a href={`/trainings/${encodeURIComponent(id)}`}>{printable(id)}</a>
            </th>
            <td role="cell" data-label="Why it waits">
              {printable(words)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
