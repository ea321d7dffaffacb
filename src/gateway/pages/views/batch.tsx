import type { VNode } from 'preact';
import { REPORT_FORMATS } from '../../../batches/report/report-format';
import { endedRows, ROW_STATES } from '../../../contract/batch';
import { printable } from '../../../printable';
import { temporalUiLink, type TemporalUi } from '../../../temporal-ui';
import type { BatchNotice } from '../change-batch';
import type { SeenBatch } from '../see-batch';
import type { Viewer } from '../viewer';
import { BatchActions } from './batch-actions';
import { BatchRowsView, rowsAddress } from './batch-rows';
import { Layout } from './layout';
import { ProgressBar } from './progress-bar';

interface BatchProps {
  seen: SeenBatch;
  viewer: Viewer;
  notice: BatchNotice | null;
  temporalUi: TemporalUi | null;
}

/** `GET /batches/:id` */
export function BatchView({ seen, viewer, notice, temporalUi }: BatchProps): VNode {
  const { id } = seen.status;
  const address = `/batches/${encodeURIComponent(id)}`;
  return (
    <Layout title={printable(id)} viewer={viewer} live={null}>
      <p class="crumbs">
        <a href="/batches">All batches</a>
        {temporalUi !== null && <a href={temporalUiLink(temporalUi, id)}>In the Temporal UI</a>}
      </p>
      <h1>{printable(id)}</h1>
      {notice !== null && (
        <p class={`notice ${notice.kind}`} role={notice.kind === 'refused' ? 'alert' : 'status'}>
          {printable(notice.text)}
        </p>
      )}
      <NowView seen={seen} address={address} />
      <CountsView seen={seen} />
      {viewer.scopes.includes('start') && (
        <BatchActions status={seen.status} typedRows={notice?.kind === 'refused' ? notice.typedRows : ''} />
      )}
      <BatchRowsView seen={seen} />
    </Layout>
  );
}

function NowView({ seen: { status }, address }: { seen: SeenBatch; address: string }): VNode {
  const { id, rows, states, line } = status;
  const ended = endedRows({ states });
  return (
    <section id="now" class="card" aria-label="Now">
      <ProgressBar percent={(ended / Math.max(rows, 1)) * 100} of={printable(id)} />
      <p>{printable(line)}</p>
      <p class="crumbs">
        <a href={address}>Read it again</a>
        {REPORT_FORMATS.map((format) => (
          <a href={`${address}/report?format=${format}`}>
            Report, {format === 'html' ? 'page' : format.toUpperCase()}
          </a>
        ))}
      </p>
    </section>
  );
}

/** Each is a link to those rows. */
function CountsView({ seen: { status, query } }: { seen: SeenBatch }): VNode {
  return (
    <nav class="counts" aria-label="Rows by state">
      {ROW_STATES.filter((state) => (status.states[state] ?? 0) > 0).map((state) => (
        <a
          class={state === 'needs-decision' ? 'ask' : undefined}
          href={rowsAddress(status.id, { state })}
          aria-current={state === query.state ? 'true' : undefined}
        >
          {state} <b>{status.states[state]}</b>
        </a>
      ))}
    </nav>
  );
}
