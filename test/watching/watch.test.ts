import { Client, Connection } from '@temporalio/client';
import type { Provider } from '../../src/providers/port';
import { watch, type WatchReport } from '../../src/watching/watch';
import { testAccess } from '../support/test-server';
import { until } from '../support/until';
import { waitingWorkflows, type WaitingWorkflows } from './waiting-workflows';

/** A provider at which everything runs on, and a watcher of it. */
describe('watching while Temporal cannot list', () => {
  let connection: Connection;
  let client: Client;
  let waiting: WaitingWorkflows;
  const stop = new AbortController();
  const reports: WatchReport[] = [];
  const asked: string[] = [];
  let watching: Promise<unknown>;

  beforeAll(async () => {
    const { connectionOptions, namespace } = testAccess();
    connection = await Connection.connect(connectionOptions);
    client = new Client({ connection, namespace });
    waiting = waitingWorkflows(client);
    await waiting.begins('known', -1);
    const provider: Pick<Provider, 'name' | 'glance' | 'glanceSize'> = {
      name: 'tryiton',
      glanceSize: 1,
      glance: (ids) => {
        asked.push(...ids);
        return Promise.resolve(
          new Map(ids.map((id) => [id, { glimpse: 'running', percent: null, word: 'x' } as const])),
        );
      },
    };
    const setup = { client, provider, intervalMs: 20, callsPerSecond: 1000, notBeforeMs: 0 };
    const heard = {
      onReport: (report: WatchReport) => void reports.push(report),
      onTrouble: () => undefined,
    };
    watching = watch({ ...setup, ...heard }, stop.signal).catch(() => undefined);
  });
  afterAll(async () => {
    stop.abort();
    await watching;
    await waiting.end();
    await connection.close();
  });

  it('those that are known are looked at all the same, and new ones are found once it can again', async () => {
    await until('it is looked at', () => (asked.includes('t-known') ? true : null));
    const broken = jest.spyOn(client.workflow, 'count').mockRejectedValue(new Error('no such index'));
    await until('the watcher says why', () =>
      reports.at(-1)?.slowBecause.includes('does not tell who waits, so new ones are missed: no such index')
        ? true
        : null,
    );
    asked.length = 0;
    await until('it is looked at again and again', () => (asked.length > 5 ? true : null));
    broken.mockRestore();
    await waiting.begins('new', 0);
    await until('the new one is looked at', () => (asked.includes('t-new') ? true : null));
    // What was looked at is reported when the whole sweep is over.
    await until('all is well again', () => (reports.at(-1)?.slowBecause === '' ? true : null));
  });
});
