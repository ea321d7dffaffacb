import { waitForResult } from '../../src/client/wait-for-result';
import { NoWorkerError, TrainingNotFoundError } from '../../src/client/errors';
import type { TrainStatus } from '../../src/contract/status';
import { RESULT } from '../callbacks/result';
import { createRig, type Rig } from '../support/rig';

describe('waiting for a result', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
  });
  afterAll(() => rig.close());

  it('tells how it goes, each thing once, from before there is a worker to the end', async () => {
    const id = await rig.train(await rig.request());
    const heard: TrainStatus[] = [];
    const waiting = rig.darkroom.waitForResult(id, {
      everyMs: 50,
      onStatus: (status) => void heard.push(status),
    });
    await rig.startWorker();
    const result = await waiting;
    expect(result).toMatchObject({ id, state: 'succeeded', charge: 'charged' });
    expect(heard.length).toBeGreaterThan(0);
    const said = heard.map((status) => JSON.stringify(status));
    expect(said.filter((text, index) => text === said[index - 1])).toEqual([]);
    expect(await rig.darkroom.waitForResult(id)).toEqual(result);
  });

  it('ends with the signal, and the training goes on', async () => {
    const stop = new AbortController();
    const status = { ...RESULT, state: 'training' } as unknown as TrainStatus;
    const never = new Promise<never>(() => undefined);
    const looks = { status: () => Promise.resolve(status), result: () => never };
    const { signal } = stop;
    const told = waitForResult(looks, { everyMs: 5, signal, onStatus: () => undefined });
    const quiet = waitForResult(looks, { signal });
    stop.abort(new Error('the service stops'));
    await expect(told).rejects.toThrow('the service stops');
    await expect(quiet).rejects.toThrow('the service stops');
    await expect(waitForResult(looks, { signal })).rejects.toThrow('the service stops');
  });

  it('needs no worker where the training has ended', async () => {
    const noWorker = () => Promise.reject(new NoWorkerError('order-1'));
    const looks = { status: noWorker, result: () => Promise.resolve(RESULT) };
    expect(await waitForResult(looks, { everyMs: 1, onStatus: () => undefined })).toEqual(RESULT);
  });

  it('ends with what its listener throws', async () => {
    const never = new Promise<never>(() => undefined);
    const looks = { status: () => Promise.resolve(RESULT as unknown as TrainStatus), result: () => never };
    const onStatus = () => {
      throw new Error('no room left');
    };
    await expect(waitForResult(looks, { onStatus })).rejects.toThrow('no room left');
  });

  it('goes on when nobody answers for a while, and not where there is no such training', async () => {
    const answers = [new NoWorkerError('order-1'), Object.assign(new Error('down'), { code: 14 })];
    const result = () => {
      const error = answers.shift();
      return error === undefined ? Promise.resolve(RESULT) : Promise.reject(error);
    };
    const status = () => Promise.reject(new Error('is not asked'));
    expect(await waitForResult({ status, result }, { everyMs: 1 })).toEqual(RESULT);
    expect(answers).toEqual([]);
    await expect(rig.darkroom.waitForResult('nobody-started-this')).rejects.toThrow(TrainingNotFoundError);
    await expect(
      rig.darkroom.waitForResult('nobody-started-this', { onStatus: () => undefined }),
    ).rejects.toThrow(TrainingNotFoundError);
  });
});
