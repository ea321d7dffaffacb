import type { FaultKind } from '../../src/sandbox/faults';
import { FAULT_POINTS, type FaultPoint } from '../../src/fault-points';
import { FAULT_NAMESPACES, faultAccess } from '../support/test-server';
import { createRig, type Rig } from '../support/rig';
import { spawnWorker, type WorkerProcess } from '../support/worker-process';

/** Short, because until the lost activity's own time is over (15 s and this) its answer may still come. */
const ENV = {
  DARKROOM_SUBMIT_TIMEOUT: '1s',
  DARKROOM_LOOK_UP_FIRST: '1s',
  DARKROOM_LOOK_UP_WINDOW: '3s',
};

type End = 'succeeded' | 'needs-decision';
interface Case {
  point: FaultPoint;
  action: string;
  end: End;
  charges: number;
  /** Several where either is right, and how the woken process and the server's word to it overtake each other decides. */
  attempts: number | readonly number[];
  /** What the provider does besides. */
  fault?: FaultKind;
  env?: Record<string, string>;
}

/** Where the process dies → what becomes of the training, and what the provider's books say. */
const CASES: Case[] = [
  { point: 'after-upload-before-return', action: 'kill', end: 'succeeded', charges: 1, attempts: 1 },
  // No record: proof that nothing was sent.
  { point: 'before-record', action: 'kill', end: 'succeeded', charges: 1, attempts: 2 },
  { point: 'before-record', action: 'exit', end: 'succeeded', charges: 1, attempts: 2 },
  { point: 'before-record', action: 'throw', end: 'succeeded', charges: 1, attempts: 2 },
  { point: 'after-claim', action: 'kill', end: 'succeeded', charges: 1, attempts: 2 },
  // A record and no outcome: it may have been sent.
  { point: 'after-record', action: 'kill', end: 'needs-decision', charges: 0, attempts: 1 },
  { point: 'after-record', action: 'throw', end: 'needs-decision', charges: 0, attempts: 1 },
  { point: 'after-response-before-record', action: 'kill', end: 'needs-decision', charges: 1, attempts: 1 },
  { point: 'after-response-before-record', action: 'exit', end: 'needs-decision', charges: 1, attempts: 1 },
  { point: 'after-response-before-record', action: 'throw', end: 'needs-decision', charges: 1, attempts: 1 },
  { point: 'after-request-written', action: 'kill', end: 'needs-decision', charges: 1, attempts: 1 },
  // The outcome is on record, so it is found there.
  { point: 'after-record-before-return', action: 'kill', end: 'succeeded', charges: 1, attempts: 1 },
  { point: 'after-record-before-return', action: 'exit', end: 'succeeded', charges: 1, attempts: 1 },
  { point: 'after-record-before-return', action: 'throw', end: 'succeeded', charges: 1, attempts: 1 },
  // Frozen for longer than its heartbeat allows, it is given up for dead, and then goes on.
  // Before its own time is over and its place is void, it may still send, unless the next beat tells it first that it is
  // given up. That a void place stops it is tested in test/submissions/submit-on-record.test.ts.
  { point: 'before-record', action: 'freeze:13000', end: 'succeeded', charges: 1, attempts: [1, 2] },
  { point: 'after-record', action: 'freeze:12000', end: 'succeeded', charges: 1, attempts: 1 },
  { point: 'after-record', action: 'freeze:16000', end: 'succeeded', charges: 1, attempts: 2 },
  // While it finds out what became of a submission.
  {
    point: 'before-void',
    action: 'kill',
    end: 'needs-decision',
    charges: 1,
    attempts: 1,
    fault: 'reset-after',
  },
  {
    point: 'after-settlement-before-return',
    action: 'kill',
    end: 'succeeded',
    charges: 1,
    attempts: 2,
    fault: 'reset-before',
    env: { APIFRAME_ACCOUNT_EXCLUSIVE: 'yes' },
  },
];

/** Those that wait for the time of the lost activity to be over wait side by side. */
const AT_ONCE = FAULT_NAMESPACES.length;

describe('a worker that fails at a named instant', () => {
  const rigs: Rig[] = [];
  const processes: WorkerProcess[] = [];
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((worker) => worker.kill()));
    for (const rig of rigs.splice(0)) {
      await rig.startWorker(); // someone must answer the queries of the teardown
      await rig.close();
    }
  });

  async function expectEnd(one: Case, place: number): Promise<void> {
    const { point, action, end, charges, attempts, fault, env } = one;
    const name = `${point} ${action}`;
    const rig = await createRig({
      env: { ...ENV, ...env },
      access: faultAccess(FAULT_NAMESPACES[place] ?? 'fault-1'),
      sandbox: { faults: fault === undefined ? [] : [{ endpoint: 'train', kind: fault, times: 1 }] },
    });
    rigs.push(rig);
    const failing = spawnWorker(rig.env, `${point}:${action}`);
    processes.push(failing);
    const id = await rig.train(await rig.request());
    await failing.untilSaid(`fault: ${point}`);
    processes.push(spawnWorker(rig.env));
    const status = await rig.untilState(id, end);
    const { submissions } = await rig.ledger();
    expect({ name, state: status.state, charges: submissions.length }).toEqual({ name, state: end, charges });
    expect([name, [attempts].flat()]).toEqual([name, expect.arrayContaining([status.submissions])]);
    expect(status.charge).toBe(end === 'succeeded' ? 'charged' : 'unknown');
  }

  const groups = Array.from({ length: Math.ceil(CASES.length / AT_ONCE) }, (_, n) =>
    CASES.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
  it.each(
    groups.map(
      (group) => [group.map(({ point, action }) => `${point} ${action}`).join(', '), group] as const,
    ),
  )('charges once or asks: %s', async (_names, group) => {
    await Promise.all(group.map(expectEnd));
  });

  it('has a case for each fault point', () => {
    const elsewhere: FaultPoint[] = [
      'before-void',
      'after-settlement-before-return',
      'after-request-written',
    ];
    expect(new Set([...CASES.map(({ point }) => point), ...elsewhere])).toEqual(new Set(FAULT_POINTS));
  });
});
