import type { VNode } from 'preact';
import { ACTIVE_STATES } from '../../../contract/state';
import type { ListedTraining, TrainingCount } from '../../../client';
import { printable } from '../../../printable';
import { listAddress, type ListQuery } from '../list-query';
import type { Viewer } from '../viewer';
import { Clock } from './clock';
import { Filters } from './filters';
import { Layout } from './layout';
import { ProgressBar } from './progress-bar';
import { StateBadge } from './state-badge';
import { Cell, RowsTable } from './rows-table';

export interface SeenList {
  trainings: readonly ListedTraining[];
  cursor: string | null;
  counts: readonly TrainingCount[];
  query: ListQuery;
}

/** `GET /` */
export function TrainingsView({ viewer, ...seen }: SeenList & { viewer: Viewer }): VNode {
  const { query } = seen;
  return (
    <Layout title="Trainings" viewer={viewer} live={listAddress('/live', query)}>
      <h1>Trainings</h1>
      <CountsView {...seen} />
      <Filters query={query} />
      <RowsView {...seen} />
    </Layout>
  );
}

/** How many are under way, by state; each is a link to those. */
export function CountsView({ counts, query }: SeenList): VNode {
  const total = (state: string) =>
    counts.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
  const states = ACTIVE_STATES.map((state) => ({ state, count: total(state) })).filter(
    ({ count }) => count > 0,
  );
  return (
    <nav id="counts" class="counts" aria-label="Under way">
      {states.length === 0 && <span class="soft">Nothing is under way.</span>}
      {states.map(({ state, count }) => (
        <a
          id={`count-${state}`}
          class={state === 'needs-decision' ? 'ask' : undefined}
          href={listAddress('/', { state })}
          aria-current={state === query.state ? 'true' : undefined}
        >
          {state} <b>{count}</b>
        </a>
      ))}
    </nav>
  );
}

/** The list itself. */
export function RowsView({ trainings, cursor, query }: SeenList): VNode {
  return (
    <section id="rows" aria-label="Trainings">
      {trainings.length === 0 ? <Nobody query={query} /> : <Table trainings={trainings} />}
      <p class="pages">
        {query.cursor !== undefined && (
          <a id="first-page" href={listAddress('/', { ...query, cursor: undefined })}>
            First page
          </a>
        )}
        {cursor !== null && (
          <a id="next-page" href={listAddress('/', { ...query, cursor })}>
            Older ones
          </a>
        )}
      </p>
    </section>
  );
}

function Nobody({ query: { state, provider, subject, cursor } }: { query: ListQuery }): VNode {
  if ([state, provider, subject, cursor].some((one) => one !== undefined))
    return (
      <p>
        None is like that. <a href="/">Show all</a>
      </p>
    );
  return (
    <p>
      No trainings yet. <code>darkroom train SUBJECT FOLDER</code> starts one, and so does the{' '}
      <a href="/docs">API</a>.
    </p>
  );
}

function Table({ trainings }: Pick<SeenList, 'trainings'>): VNode {
  return (
    <RowsTable columns={['Training', 'State', 'Progress', 'Expected end', 'Credits spent', 'Started']}>
      {trainings.map(Row)}
    </RowsTable>
  );
}

function Row(one: ListedTraining): VNode {
  const { id, subject, provider, state, trouble, percent, expectedEndAt, creditsSpent, startedAt } = one;
  const name = printable(subject === '' ? id : subject);
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a id={`to-${id}-${startedAt.getTime()}`} href={`/trainings/${encodeURIComponent(id)}`}>
          {name}
        </a>
        <span class="soft">
          {printable(provider)} · {printable(id)}
        </span>
      </th>
      <Cell column="State">
        <StateBadge state={state} />
        {trouble !== null && <span class="trouble">{printable(trouble)}</span>}
      </Cell>
      <Cell column="Progress">
        {state === 'training' && percent !== null ? <ProgressBar percent={percent} of={name} /> : '–'}
      </Cell>
      <Cell column="Expected end">
        {expectedEndAt === null ? '–' : <Clock at={expectedEndAt} to="minute" />}
      </Cell>
      <Cell column="Credits spent">{creditsSpent}</Cell>
      <Cell column="Started">
        <Clock at={startedAt} to="minute" />
      </Cell>
    </tr>
  );
}
