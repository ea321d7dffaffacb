import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { folderIds } from '../../src/activities/folder-ids';
import type { ActivityPorts } from '../../src/activities/ports';
import { submitOnRecord, type SubmitOrder, type SubmitResult } from '../../src/activities/submit-on-record';
import { readConfig } from '../../src/config';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import type { Storage } from '../../src/storage/port';
import { storeId } from '../../src/submissions/store-identity';
import { submissionJournal } from '../../src/submissions/journal';
import { trainingWorkflowId } from '../../src/training-id';
import { portsFrom } from '../../src/worker-ports';
import { anIntent } from '../support/an-intent';
import { readLedger } from '../support/ledger';

/** The activity alone, at the sandbox: what the workflow around it would hide. */
describe('the activity that submits', () => {
  let folder: string;
  let sandbox: Sandbox;
  let ports: ActivityPorts;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-submit-'));
    sandbox = await startSandbox();
    ports = portsFrom(
      readConfig({ DARKROOM_HOME: folder, APIFRAME_BASE_URL: sandbox.url, APIFRAME_API_KEY: 'sandbox-key' }),
    );
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ID = 'order-1';
  const order: SubmitOrder = {
    request: {
      subject: 's-1',
      provider: 'apiframe',
      photos: ['file:1.jpg'],
      options: { gender: 'male', ethnicity: 'white' },
    },
    uploadId: 'no-such-upload',
    notAfterMs: null,
    attempt: 1,
    storeId: null,
    photoSet: 'p',
    expectedCredits: 40,
  };
  const run = (
    changes: Partial<SubmitOrder> = {},
    storage = ports.storage,
    workflowId = ID,
  ): Promise<SubmitResult> =>
    new MockActivityEnvironment({
      activityId: 'submit-3',
      workflowExecution: { workflowId, runId: 'r' },
    }).run(submitOnRecord({ ...ports, storage }), { ...order, ...changes });
  const standing = (attempt: number) => submissionJournal(ports.storage).standing({ id: ID, attempt });

  it('leaves a record of what it came to', async () => {
    expect(await run()).toMatchObject({ outcome: 'refused', code: 'ProviderRefused', nextAttempt: 2 });
    expect(await standing(1)).toMatchObject({ standing: 'free', words: 'training_images_id is not known' });
  });

  it('sends nothing where its place is taken', async () => {
    await submissionJournal(ports.storage).begin({ kind: 'void', id: ID, attempt: 1, atMs: 1 });
    expect(await run()).toEqual({ outcome: 'on-record', nextAttempt: 1 });
  });

  it('sends nothing, and leaves no record, after the instant that its order names', async () => {
    expect(await run({ notAfterMs: Date.now() - 1 })).toEqual({ outcome: 'too-late', nextAttempt: 1 });
    expect(await standing(1)).toEqual({ standing: 'absent' });
  });

  /** A store in which creating the record takes so long, by the clock. */
  const slowStore = (byMs: number): Storage => {
    const clock = jest.spyOn(Date, 'now');
    return {
      ...ports.storage,
      async create(key, bytes) {
        const created = await ports.storage.create(key, bytes);
        if (key.endsWith('begin.json')) clock.mockReturnValue(new Date().getTime() + byMs);
        return created;
      },
    };
  };

  it('sends nothing when its own time is over, and may come again', async () => {
    const result = await run({}, slowStore(16_000));
    expect(result).toMatchObject({ outcome: 'refused', again: { afterMs: 5000 }, nextAttempt: 2 });
    expect(await standing(1)).toMatchObject({ standing: 'free' });
    expect((await readLedger(sandbox.url)).submissions).toHaveLength(0);
  });

  it('sends nothing when the upload has expired while the record was made', async () => {
    const notAfterMs = Date.now() + 10_000;
    const result = await run({ notAfterMs }, slowStore(11_000));
    expect(result).toEqual({ outcome: 'too-late', nextAttempt: 2 });
  });

  it('sends nothing for a folder of which another training was sent, by whatever release, unless it was sent itself', async () => {
    const other = { ...order.request, photos: ['file:2.jpg'] };
    const id = trainingWorkflowId(order.request);
    for (const request of [order.request, other]) await folderIds(ports.storage).add(request);
    const journal = submissionJournal(ports.storage);
    const begin = (of: string) => journal.begin(anIntent({ id: of, requestHash: 'h' }));
    await begin(trainingWorkflowId(other));
    expect(await run({}, ports.storage, id)).toMatchObject({ outcome: 'refused', code: 'DuplicateTraining' });
    expect(await journal.standing({ id, attempt: 1 })).toEqual({ standing: 'absent' });
    await begin(id);
    expect(await run({}, ports.storage, id)).toEqual({ outcome: 'on-record', nextAttempt: 1 });
  });

  it('takes the number of an order of 0.1.0 from its activity id', async () => {
    delete order.attempt;
    await run();
    order.attempt = 1;
    expect(await standing(3)).toMatchObject({ standing: 'free' });
    expect(await standing(1)).toEqual({ standing: 'absent' });
  });

  it('sends nothing in another store than the training began with', async () => {
    await storeId(ports.storage);
    await expect(run({ storeId: 'another' })).rejects.toMatchObject({
      type: 'OtherStore',
      nonRetryable: false,
    });
    expect(await standing(1)).toEqual({ standing: 'absent' });
  });
});
