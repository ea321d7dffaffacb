import { Client, ServiceError } from '@temporalio/client';
import { darkroomOver } from '../../src/client';
import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';

/** As Temporal answers where it has thrown the task away that had taken the update in. */
const DROPPED = new ServiceError('Workflow Update failed', {
  cause: Object.assign(new Error('9 FAILED_PRECONDITION: unexpected workflow task failure'), { code: 9 }),
});

describe('an update that Temporal drops', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  /** A client whose first updates come to nothing. */
  const dropping = (times: number) => {
    const sent: string[] = [];
    const client = new Client({
      connection: rig.client.connection,
      namespace: rig.access.namespace,
      interceptors: {
        workflow: [
          {
            startUpdate: (input, next) => {
              sent.push(input.options.updateId ?? '');
              if (sent.length <= times) throw DROPPED;
              return next(input);
            },
          },
        ],
      },
    });
    return { sent, darkroom: darkroomOver(client, {}) };
  };

  it('is sent again, as the same one, and a few times only', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(2), 1));
    const { sent, darkroom } = dropping(2);
    expect(await darkroom.steerBatch(id, { do: 'pause' })).toMatchObject({ isPaused: true });
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(1);
    const never = dropping(Infinity);
    await expect(never.darkroom.steerBatch(id, { do: 'resume' })).rejects.toThrow('No worker answers');
    expect(never.sent).toHaveLength(6);
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    await result(id);
  });
});
