import { rmSync } from 'node:fs';
import path from 'node:path';
import { NoResultError } from '../../src/client';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

describe('what callers and operators may do', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const unique = (name: string) => `${name}-${String(Date.now())}`;

  it('a second argument is not taken for progress: the training runs as if it were not there', async () => {
    const id = unique('two-arguments');
    rig.remember(id);
    const carried = { state: 'succeeded', trainingId: 'forged' };
    await rig.client.workflow.start('trainPerson', {
      workflowId: id,
      taskQueue: 'darkroom',
      args: [await rig.request(), carried],
    });
    const result = await rig.darkroom.result(id);
    expect(result).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect(result.trainingId).toBe((await rig.ledger()).submissions.at(-1)?.taskId);
  });

  it.each([
    ['json/protobuf', '{"subject":"s-1"}', /photos|provider/],
    ['binary/encrypted', '\u0001\u0002', /Invalid input/],
  ])(
    'a request in the encoding %s ends with a sentence instead of hanging',
    async (encoding, data, problem) => {
      const id = unique('encoding');
      rig.remember(id);
      await rig.client.workflowService.startWorkflowExecution({
        namespace: rig.access.namespace,
        workflowId: id,
        workflowType: { name: 'trainPerson' },
        taskQueue: { name: 'darkroom' },
        requestId: id,
        input: { payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) }] },
      });
      await expect(rig.client.workflow.getHandle(id).result()).rejects.toMatchObject({
        cause: { type: 'InvalidRequest', message: expect.stringMatching(problem) as string },
      });
    },
  );

  it('a terminated training is reported as that, and nobody waits for it', async () => {
    const id = await rig.train(await rig.request(), unique('terminated'));
    await rig.untilState(id, 'training');
    await rig.client.workflow.getHandle(id).terminate('by an operator');
    await expect(rig.darkroom.status(id)).rejects.toBeInstanceOf(NoResultError);
    const { code, stderr } = await runCli(['watch', id, '--home', rig.home], { env: rig.env });
    expect(stderr).toContain('terminated');
    expect(code).toBe(1);
  });

  it('twenty restarts of one that ended for free are one training, and none of them waits for it', async () => {
    const id = unique('restart');
    rig.remember(id);
    const request = await rig.request();
    await addFault(rig.sandbox.url, { endpoint: 'upload', kind: 'refuse' });
    await rig.darkroom.train(request, { id });
    await rig.darkroom.result(id);
    const started = await Promise.all(Array.from({ length: 20 }, () => rig.darkroom.train(request, { id })));
    expect(started.filter(({ how }) => how === 'started')).toHaveLength(1);
    expect((await rig.darkroom.status(id)).state).not.toBe('succeeded');
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('normalized pictures may be deleted: they are made again', async () => {
    const first = await rig.darkroom.result(await rig.train(await rig.request(), unique('before')));
    rmSync(path.join(rig.config.storeDir, 'normalized'), { recursive: true });
    const second = await rig.darkroom.result(await rig.train(await rig.request(), unique('after')));
    expect(second).toMatchObject({ state: 'succeeded' });
    expect(second.photos).toEqual(first.photos);
  });
});
