import type { ComponentChildren, VNode } from 'preact';
import type { TrainStatus } from '../../../client';
import { isEndState } from '../../../contract/state';
import { printable } from '../../../printable';
import { Clock } from './clock';
import { Fact } from './fact';
import type { PartProps } from './training';

/** What is known of it. */
export function FactsView({ seen: { status, listed, timeline } }: PartProps): VNode {
  const rows = status === null ? [] : rowsOf(status);
  const provider = status?.provider ?? listed?.provider ?? '';
  const startedAt = timeline[0]?.at ?? listed?.startedAt;
  return (
    <section id="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">What is known</h2>
      <dl>
        <Fact name="Provider">{printable(provider)}</Fact>
        {startedAt !== undefined && (
          <Fact name="Started">
            <Clock at={startedAt} to="second" />
          </Fact>
        )}
        {rows.map(([name, value]) => (
          <Fact name={name}>{value}</Fact>
        ))}
      </dl>
    </section>
  );
}

type Row = [name: string, value: ComponentChildren];

function rowsOf(status: TrainStatus): Row[] {
  const { credits, charge, providerWord, lastAnswerAt, trainingId, triggerWord, results, failure } = status;
  const isOver = isEndState(status.state);
  return [
    ...row('Expected end', status.expectedEndAt, clock),
    ...row('Next look', isOver ? null : status.nextPollAt, clock),
    ...row('Deadline', isOver ? null : status.deadlineAt, clock),
    ['Credits', `${credits.spent} spent, ${credits.reserved} reserved`],
    ['Charge', CHARGES[charge]],
    ...row('Last answer', lastAnswerAt, (at) => [
      clock(at),
      ...(providerWord === null ? [] : [`, it said “${printable(providerWord)}”`]),
    ]),
    ...row('Training at the provider', trainingId, code),
    ...row('Trigger word', triggerWord, code),
    ...(results.length === 0 ? [] : [['Results', `${results.length} images in the store`] as Row]),
    ...row('Failure', failure, ({ code: name, message }) => [code(name), ` ${printable(message)}`]),
  ];
}

const CHARGES: Record<TrainStatus['charge'], string> = {
  none: 'the paid call was not made, or was refused',
  charged: 'paid once',
  unknown: 'unknown: it may have been paid',
};

function row<T>(name: string, value: T | null, say: (value: T) => ComponentChildren): Row[] {
  return value === null ? [] : [[name, say(value)]];
}

function clock(at: string): VNode {
  return <Clock at={new Date(at)} to="second" />;
}

function code(text: string): VNode {
  return <code>{printable(text)}</code>;
}
