import type { VNode } from 'preact';
import { ROW_STATES } from '../../../contract/batch';
import type { ListedRow, RowState } from '../../../client';
import { printable } from '../../../printable';
import type { RowsQuery, SeenBatch } from '../see-batch';
import { StateBadge } from './state-badge';
import { Cell, RowsTable } from './rows-table';

export function rowsAddress(id: string, { state, cursor }: RowsQuery): string {
  const fields = Object.entries({ state, cursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const text = new URLSearchParams(fields).toString();
  return `/batches/${encodeURIComponent(id)}${text === '' ? '' : `?${text}`}`;
}

/** Who is in it, and how each goes. */
export function BatchRowsView({ seen }: { seen: SeenBatch }): VNode {
  const { status, rows, cursor, query, trouble } = seen;
  return (
    <section aria-labelledby="rows-title">
      <h2 id="rows-title">Rows</h2>
      <Filter id={status.id} chosen={query.state} />
      {trouble !== null && <p class="trouble">{printable(trouble)}</p>}
      {trouble === null && rows.length === 0 && <p>None is like that.</p>}
      {rows.length > 0 && <Table rows={rows} />}
      <p class="pages">
        {query.cursor !== undefined && (
          <a href={rowsAddress(status.id, { state: query.state })}>First page</a>
        )}
        {cursor !== null && <a href={rowsAddress(status.id, { state: query.state, cursor })}>Next page</a>}
      </p>
    </section>
  );
}

function Filter({ id, chosen }: { id: string; chosen: RowState | undefined }): VNode {
  return (
    <form method="get" action={rowsAddress(id, {})} class="filters" aria-label="Filter">
      <label>
        State
        <select name="state">
          <option value="">any</option>
          {ROW_STATES.map((state) => (
            <option value={state} selected={state === chosen}>
              {state}
            </option>
          ))}
        </select>
      </label>
      <button>Show</button>
    </form>
  );
}

function Table({ rows }: { rows: readonly ListedRow[] }): VNode {
  return <RowsTable columns={['Row', 'Training', 'State', 'Credits spent']}>{rows.map(Row)}</RowsTable>;
}

function Row({ row, subject, id, customer, state, creditsSpent }: ListedRow): VNode {
  const name = printable(subject);
  return (
    <tr role="row">
      <Cell column="Row">{row}</Cell>
      <th scope="row" role="rowheader">
        {state === 'waiting' ? name : <a href={`/trainings/${encodeURIComponent(id)}`}>{name}</a>}
        <span class="soft">
          {customer !== null && `${printable(customer)} · `}
          {printable(id)}
        </span>
      </th>
      <Cell column="State">
        <StateBadge state={state} />
      </Cell>
      <Cell column="Credits spent">{creditsSpent}</Cell>
    </tr>
  );
}
