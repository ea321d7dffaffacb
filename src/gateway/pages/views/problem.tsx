import type { VNode } from 'preact';
import { printable } from '../../../printable';
import type { Problem } from '../../api/problem';
import type { Viewer } from '../viewer';
import { Layout } from './layout';

/** Temporal or a worker may be back then. */
const AGAIN_S = 10;

export function ProblemView({ problem, viewer }: { problem: Problem; viewer: Viewer | null }): VNode {
  const isForAWhile = problem.status === 503;
  return (
    <Layout title={problem.title} viewer={viewer} live={null} againS={isForAWhile ? AGAIN_S : null}>
      <h1>{problem.title}</h1>
      <p>{printable(problem.detail)}</p>
      <p>
        <a href="/">All trainings</a>
      </p>
    </Layout>
  );
}
