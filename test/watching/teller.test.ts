import { Client, Connection } from '@temporalio/client';
import { teller } from '../../src/watching/teller';
import { newlyWatched, type Watched } from '../../src/watching/watched';
import { endIfRunning } from '../support/end-if-running';
import { testAccess } from '../support/test-server';

const MINUTE_MS = 60_000;
/** What may be told at once, at most. */
const AT_ONCE = 10;

describe('telling trainings how far they are', () => {
  let connection: Connection;
  let client: Client;
  const troubles: string[] = [];
  const gone: string[] = [];
  const trainings: Watched[] = [];

  beforeAll(async () => {
    const { connectionOptions, namespace } = testAccess();
    connection = await Connection.connect(connectionOptions);
    client = new Client({ connection, namespace });
    for (let n = 0; n < AT_ONCE + 5; n += 1) {
      const workflowId = `told-${String(n)}-${String(process.pid)}`;
      await client.workflow.start('trainPerson', { workflowId, taskQueue: 'nobody-works-here' });
      // The higher the number, the longer it has heard nothing.
      trainings.push(newlyWatched(workflowId, `t-${String(n)}`, Date.now() - (n + 2) * MINUTE_MS));
    }
  });
  afterAll(async () => {
    for (const { id } of trainings) await endIfRunning(client.workflow.getHandle(id));
    await connection.close();
  });

  const telling = () =>
    teller({
      client,
      onGone: (id) => void gone.push(id),
      onTrouble: (words) => void troubles.push(words),
    });

  async function heard(name: string): Promise<string[]> {
    const ids: string[] = [];
    for (const { id } of trainings) {
      const { events } = await client.workflow.getHandle(id).fetchHistory();
      const isThere = events?.some(
        ({ workflowExecutionSignaledEventAttributes: signaled }) => signaled?.signalName === name,
      );
      if (isThere === true) ids.push(id);
    }
    return ids;
  }

  it('those that have heard nothing for longest hear first, the others at a later sweep', async () => {
    const sweeps = telling();
    const running = { glimpse: 'running', percent: 40, word: 'training' } as const;
    sweeps.beginSweep(0);
    for (const one of trainings) sweeps.tell(one, running);
    await sweeps.flushed();
    expect(await heard('progress')).toEqual(trainings.slice(5).map(({ id }) => id));
    sweeps.beginSweep(10_000);
    for (const one of trainings) sweeps.tell(one, running);
    await sweeps.flushed();
    expect(await heard('progress')).toHaveLength(trainings.length);
    expect(troubles).toEqual([]);
  });

  it('an end is told to all at once', async () => {
    const sweeps = telling();
    sweeps.beginSweep(0);
    for (const one of trainings) sweeps.tell(one, { glimpse: 'ended' });
    await sweeps.flushed();
    expect(await heard('nudge')).toHaveLength(trainings.length);
  });

  it('who is gone is said, and nobody is troubled', async () => {
    const sweeps = telling();
    sweeps.beginSweep(0);
    sweeps.tell(newlyWatched('told-to-nobody', 't', 0), { glimpse: 'ended' });
    await sweeps.flushed();
    expect(gone).toEqual(['told-to-nobody']);
    expect(troubles).toEqual([]);
  });
});
