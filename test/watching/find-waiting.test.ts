import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { waitingTrainings, type WaitingTrainings } from '../../src/watching/find-waiting';
import { testAccess } from '../support/test-server';
import { until } from '../support/until';

const state = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const provider = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const training = defineSearchAttributeKey('DarkroomTraining', 'KEYWORD');
const waitingSince = defineSearchAttributeKey('DarkroomWaitingSince', 'DATETIME');
/** Of no worker: who waits is a matter of Temporal's list, and these say of themselves that they do. */
const TASK_QUEUE = 'nobody-works-here';
const BEGIN_MS = Date.now();

describe('who waits', () => {
  let connection: Connection;
  let client: Client;
  let waiting: WaitingTrainings;
  let lists: jest.SpyInstance;
  const started: string[] = [];
  const known = () => [...waiting.watched.keys()].filter((id) => id.startsWith('listed-')).sort();

  async function begins(name: string, sinceS: number): Promise<string> {
    const workflowId = `listed-${name}-${String(process.pid)}`;
    await client.workflow.start('trainPerson', {
      workflowId,
      taskQueue: TASK_QUEUE,
      typedSearchAttributes: [
        { key: state, value: 'training' },
        { key: provider, value: 'tryiton' },
        { key: training, value: `t-${name}` },
        { key: waitingSince, value: new Date(BEGIN_MS + sinceS * 1000) },
      ],
    });
    started.push(workflowId);
    await until(`${workflowId} is listed`, async () => {
      const { count } = await client.workflow.count(
        `WorkflowId = '${workflowId}' AND DarkroomState = 'training'`,
      );
      return count === 1 ? true : null;
    });
    return workflowId;
  }

  beforeAll(async () => {
    const { connectionOptions, namespace } = testAccess();
    connection = await Connection.connect(connectionOptions);
    client = new Client({ connection, namespace });
    lists = jest.spyOn(client.workflow, 'list');
    waiting = waitingTrainings(client, 'tryiton');
  });
  beforeEach(() => lists.mockClear());
  afterAll(async () => {
    for (const id of started)
      await client.workflow
        .getHandle(id)
        .terminate('end of the test')
        .catch(() => undefined);
    await connection.close();
  });

  it('is asked for all at first, and only for newer ones then', async () => {
    const first = [await begins('a', -60), await begins('b', -8)];
    await waiting.takeOver(new AbortController().signal);
    expect(known()).toEqual(first);
    const newer = await begins('c', -2);
    lists.mockClear();
    await waiting.addNew();
    expect(known()).toEqual([...first, newer]);
    // Those that wait since less than half a minute are counted; there are as many as are known.
    expect(lists).toHaveBeenCalledTimes(1);
  });

  it('includes who was listed late, after one that began to wait later', async () => {
    const late = await begins('late', -5);
    await waiting.addNew();
    expect(known()).toContain(late);
    expect(lists).toHaveBeenCalledTimes(2);
  });

  it('a new one does not hide behind one that has ended', async () => {
    const id = known()[1] ?? '';
    // As the watcher does on seeing the end; it still is in the map until it is seen to be closed.
    const ended = waiting.watched.get(id);
    if (ended !== undefined) ended.nudges = 1;
    await client.workflow.getHandle(id).terminate('it has ended');
    await until('the list knows', async () =>
      (await client.workflow.count(`WorkflowId = '${id}' AND ExecutionStatus = 'Running'`)).count === 0
        ? true
        : null,
    );
    const hidden = await begins('hidden', -4);
    await waiting.addNew();
    expect(known()).toContain(hidden);
  });

  it('those that ended drop out by themselves', async () => {
    const before = known();
    await waiting.dropEnded();
    expect(before).toHaveLength(known().length + 1);
    expect(known().some((id) => id.startsWith('listed-b-'))).toBe(false);
  });
});
