import { WorkflowFailedError } from '@temporalio/client';
import { addFault, type LedgerView } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';

describe('a provider that says no', () => {
  let rig: Rig;
  /** Before this test: one rig serves all of them. */
  let before: LedgerView;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  beforeEach(async () => void (before = await rig.ledger()));
  afterAll(() => rig.close());

  const newSubmissions = async () => (await rig.ledger()).submissions.length - before.submissions.length;

  it('ends the training with its own words, and nothing is charged for it', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    const id = await rig.train(await rig.request());
    await expect(rig.client.workflow.getHandle(id).result()).rejects.toBeInstanceOf(WorkflowFailedError);
    const result = await rig.darkroom.result(id);

    expect(result).toMatchObject({ state: 'failed', charge: 'none', trainingId: null });
    expect(result.failure?.code).toBe('ProviderRefused');
    expect(result.failure?.message).toContain('Invalid request, as scripted');
    expect(result.credits).toEqual({ reserved: 0, spent: 2 });
    expect(await newSubmissions()).toBe(0);
  });

  it('ends the training at the upload already, before anything is paid', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'upload', kind: 'refuse' });
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result.failure).toEqual({
      code: 'ProviderRefused',
      message: 'APIFRAME refused the photos: Invalid request, as scripted',
    });
    expect((await rig.ledger()).credits.spent).toBe(before.credits.spent);
  });

  it('is asked again after the time that it names when it is busy', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'busy', times: 2 });
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result).toMatchObject({ state: 'succeeded', credits: { reserved: 0, spent: 50 } });
    expect(await newSubmissions()).toBe(1);
  });

  it('fails the training when it fails its own task', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result).toMatchObject({ state: 'failed', charge: 'charged', failure: { code: 'TrainingFailed' } });
    expect(result.failure?.message).toContain('Training failed in the sandbox, as scripted');
  });

  it('fails the training when it cannot prepare the upload', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'upload', kind: 'fail-later' });
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result).toMatchObject({ state: 'failed', charge: 'none', failure: { code: 'UploadFailed' } });
    expect(await newSubmissions()).toBe(0);
  });
});
