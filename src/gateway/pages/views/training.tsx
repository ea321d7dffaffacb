import type { VNode } from 'preact';
import { withoutHowToDecide } from '../../../contract/how-to-decide';
import { printable } from '../../../printable';
import { isOver, type SeenTraining } from '../see-training';
import { temporalUiLink, type TemporalUi } from '../../../temporal-ui';
import type { Notice } from '../training-page';
import type { Viewer } from '../viewer';
import { ActionsView } from './actions';
import { FactsView } from './facts';
import { Layout } from './layout';
import { PhotosView } from './photos';
import { ProgressBar } from './progress-bar';
import { StateBadge } from './state-badge';
import { TimelineView } from './timeline';

export interface PartProps {
  seen: SeenTraining;
  viewer: Viewer;
  /** What was typed into a form that was refused. */
  typedId?: string;
}

/** What changes while it trains, in the order of the page. */
export const PARTS: readonly { id: string; View: (props: PartProps) => VNode }[] = [
  { id: 'state', View: StateView },
  { id: 'now', View: NowView },
  { id: 'actions', View: ActionsView },
  { id: 'facts', View: FactsView },
  { id: 'timeline', View: TimelineView },
  { id: 'photos', View: PhotosView },
];

interface TrainingProps extends PartProps {
  notice: Notice | null;
  temporalUi: TemporalUi | null;
}

/** `GET /trainings/:id` */
export function TrainingView({ seen, viewer, notice, temporalUi }: TrainingProps): VNode {
  const { id, status, listed } = seen;
  const subject = status?.subject ?? listed?.subject ?? '';
  const title = printable(subject === '' ? id : subject);
  const typedId = notice?.kind === 'refused' ? notice.typedId : '';
  return (
    <Layout
      title={title}
      viewer={viewer}
      live={isOver(seen) ? null : `/trainings/${encodeURIComponent(id)}/live`}
    >
      <p class="crumbs">
        <a href="/">All trainings</a>
        {temporalUi !== null && <a href={temporalUiLink(temporalUi, id)}>In the Temporal UI</a>}
      </p>
      <h1>{title}</h1>
      <p class="soft">{printable(id)}</p>
      {notice !== null && (
        <p class={`notice ${notice.kind}`} role={notice.kind === 'refused' ? 'alert' : 'status'}>
          {printable(notice.text)}
        </p>
      )}
      {PARTS.map(({ View }) => (
        <View seen={seen} viewer={viewer} typedId={typedId} />
      ))}
    </Layout>
  );
}

/** Those who hear the page are told of each new state. */
function StateView({ seen: { status, listed } }: PartProps): VNode {
  return (
    <p id="state" role="status">
      <StateBadge state={status?.state ?? listed?.state ?? 'unknown'} />
    </p>
  );
}

/** Where it is, in one line. */
function NowView({ seen: { id, status, trouble } }: PartProps): VNode {
  return (
    <section id="now" class="card" aria-label="Now">
      {status?.state === 'training' && status.percent !== null && (
        <ProgressBar percent={status.percent} of={printable(id)} />
      )}
      {status !== null && <p>{printable(withoutHowToDecide(status.line))}</p>}
      {status?.state === 'queued' && (
        <p>
          <a id="to-accounts" href="/accounts">
            Accounts with limits, and who waits for them
          </a>
        </p>
      )}
      {trouble !== null && <p class="trouble">{printable(trouble)}</p>}
    </section>
  );
}
