import { Client } from '@temporalio/client';
import { describeSettled } from '../../src/client/describe-settled';
import { photosIn } from '../support/photos';
import { createRig, type Rig } from '../support/rig';

const RUNNING = 1;

describe('a training that is looked at as it ends', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  /** A client that comes so many times too early: all is said, and the workflow not closed yet. */
  const tooEarly = (times: number) => {
    let looks = 0;
    const client = new Client({
      connection: rig.client.connection,
      namespace: rig.access.namespace,
      interceptors: {
        workflow: [
          {
            async describe(input, next) {
              const answer = await next(input);
              looks += 1;
              const { workflowExecutionInfo: info } = answer;
              if (looks > times || info === null || info === undefined) return answer;
              return { ...answer, workflowExecutionInfo: { ...info, status: RUNNING as never } };
            },
          },
        ],
      },
    });
    return { client, looks: () => looks };
  };

  it('is waited for, so that it is not taken for one that runs', async () => {
    const id = await rig.train(await rig.request({ photos: photosIn('nowhere') }));
    expect((await rig.darkroom.result(id)).state).toBe('failed');
    const { client, looks } = tooEarly(3);
    expect((await describeSettled(client, id)).status.name).toBe('FAILED');
    expect(looks()).toBe(4);
  });

  it('but not where it goes on', async () => {
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    const { client, looks } = tooEarly(0);
    expect((await describeSettled(client, id)).status.name).toBe('RUNNING');
    expect(looks()).toBe(1);
  });
});
