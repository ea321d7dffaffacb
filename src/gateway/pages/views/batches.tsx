import type { VNode } from 'preact';
import { printable } from '../../../printable';
import type { SeenBatches } from '../see-batch';
import type { Viewer } from '../viewer';
import { Clock } from './clock';
import { Layout } from './layout';
import { Cell, RowsTable } from './rows-table';

type Listed = SeenBatches['batches'][number];
const KINDS: Readonly<Record<Listed['is'], string>> = { running: '', over: '', stopped: 'bad' };

/** `GET /batches` */
export function BatchesView({ batches, cursor, isFirst, viewer }: SeenBatches & { viewer: Viewer }): VNode {
  return (
    <Layout title="Batches" viewer={viewer} live={null}>
      <h1>Batches</h1>
      {batches.length === 0 ? <Nobody /> : <Table batches={batches} />}
      <p class="pages">
        {!isFirst && <a href="/batches">First page</a>}
        {cursor !== null && <a href={`/batches?cursor=${encodeURIComponent(cursor)}`}>Older ones</a>}
      </p>
    </Layout>
  );
}

function Nobody(): VNode {
  return (
    <p>
      No batches here. <code>darkroom batch run FILE</code> starts one, and so does the{' '}
      <a href="/docs">API</a>.
    </p>
  );
}

function Table({ batches }: Pick<SeenBatches, 'batches'>): VNode {
  return <RowsTable columns={['Batch', 'State', 'Rows', 'Started', 'Ended']}>{batches.map(Row)}</RowsTable>;
}

function Row({ id, is, line, startedAt, endedAt }: Listed): VNode {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/batches/${encodeURIComponent(id)}`}>{printable(id)}</a>
      </th>
      <Cell column="State">
        <span class={`badge ${KINDS[is]}`.trim()}>{is}</span>
      </Cell>
      <Cell column="Rows">{line === null ? '–' : printable(line)}</Cell>
      <Cell column="Started">
        <Clock at={startedAt} to="minute" />
      </Cell>
      <Cell column="Ended">{endedAt === null ? '–' : <Clock at={endedAt} to="minute" />}</Cell>
    </tr>
  );
}
