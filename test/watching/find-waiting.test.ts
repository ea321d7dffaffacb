import { Client, Connection } from '@temporalio/client';
import { waitingTrainings, type WaitingTrainings } from '../../src/watching/find-waiting';
import { testAccess } from '../support/test-server';
import { until } from '../support/until';
import { waitingWorkflows, type WaitingWorkflows } from './waiting-workflows';

describe('who waits', () => {
  let connection: Connection;
  let client: Client;
  let waiting: WaitingTrainings;
  let lists: jest.SpyInstance;
  let waits: WaitingWorkflows;
  let clockMs = 0;
  const known = () => [...waiting.watched.keys()].filter((id) => id.startsWith('listed-')).sort();

  beforeAll(async () => {
    const { connectionOptions, namespace } = testAccess();
    connection = await Connection.connect(connectionOptions);
    client = new Client({ connection, namespace });
    lists = jest.spyOn(client.workflow, 'list');
    waiting = waitingTrainings(client, 'tryiton', () => clockMs);
    waits = waitingWorkflows(client);
  });
  beforeEach(() => lists.mockClear());
  afterAll(async () => {
    await waits.end();
    await connection.close();
  });

  it('is asked for all at first, and only for newer ones then', async () => {
    const first = [await waits.begins('a', -60), await waits.begins('b', -8)];
    await waiting.takeOver(new AbortController().signal);
    expect(known()).toEqual(first);
    const newer = await waits.begins('c', -2);
    lists.mockClear();
    await waiting.addNew();
    expect(known()).toEqual([...first, newer]);
    // Those that wait since less than half a minute are counted; there are as many as are known.
    expect(lists).toHaveBeenCalledTimes(1);
  });

  it('includes who was listed late, after one that began to wait later', async () => {
    const late = await waits.begins('late', -5);
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
    const hidden = await waits.begins('hidden', -4);
    await waiting.addNew();
    expect(known()).toContain(hidden);
  });

  it('those that ended drop out by themselves', async () => {
    const before = known();
    await waiting.dropEnded();
    expect(before).toHaveLength(known().length + 1);
    expect(known().some((id) => id.startsWith('listed-b-'))).toBe(false);
  });

  it('and are asked for without those that run on', async () => {
    await waiting.dropEnded();
    const [{ query }] = lists.mock.lastCall as [{ query: string }];
    const listed = [];
    for await (const { status } of client.workflow.list({ query })) listed.push(status.name);
    expect(listed).not.toContain('RUNNING');
    expect(listed).toContain('TERMINATED');
  });

  it('one that an operator has reset goes on being watched', async () => {
    const id = await waits.begins('reset', -1);
    await waiting.addNew();
    expect(known()).toContain(id);
    // As a Reset leaves it: one run terminated, another one under the same id that waits since the same instant.
    await client.workflow.getHandle(id).terminate('reset');
    await waits.begins('reset', -1);
    await until('the list knows', async () =>
      (await client.workflow.count(`WorkflowId = '${id}' AND ExecutionStatus = 'Terminated'`)).count === 1
        ? true
        : null,
    );
    await waiting.dropEnded();
    expect(known()).toContain(id);
  });

  it('also where the one after it is far newer, as when sweeps are a minute apart', async () => {
    const [late] = [await waits.begins('late-too', -7), await waits.begins('newer', 60)];
    await waiting.addNew();
    expect(known()).toContain(late);
  });

  describe('while one that was nudged may have ended, so that Temporal counts one more than are known to be open', () => {
    const listsOf = async (times: number, everyMs: number) => {
      lists.mockClear();
      for (let time = 0; time < times; time += 1) {
        await waiting.addNew();
        clockMs += everyMs;
      }
      return lists.mock.calls.length - times; // the list of newer ones, each time
    };
    beforeAll(async () => {
      const id = await waits.begins('nudged', 61);
      await waiting.addNew();
      const nudged = waiting.watched.get(id);
      if (nudged !== undefined) nudged.nudges = 1;
    });

    it('a list that finds nobody is made ever more rarely, once a minute at last', async () => {
      expect(await listsOf(40, 1000)).toBe(4); // at 0, 5, 15 and 35 s
      expect(await listsOf(300, 1000)).toBeLessThanOrEqual(6);
    });

    it('one that hides behind it is found within that minute, also where a far newer one came first', async () => {
      const hidden = await waits.begins('hidden-too', 55);
      await waiting.addNew();
      await waits.begins('far-newer', 160);
      await listsOf(61, 1000);
      expect(known()).toContain(hidden);
    });

    it('and lists are made at once again when the counts have matched', async () => {
      await listsOf(1, 0);
      for (const one of waiting.watched.values()) one.nudges = 0;
      await listsOf(1, 0);
      const late = await waits.begins('late-again', 150);
      expect(await listsOf(1, 0)).toBe(1);
      expect(known()).toContain(late);
    });
  });
});
