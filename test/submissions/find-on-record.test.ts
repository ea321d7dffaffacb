import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { accountLedger } from '../../src/accounts/ledger';
import { findOnRecord, type RecordFound } from '../../src/activities/find-on-record';
import type { LedgerLine } from '../../src/contract/account';
import type { TrainRequest } from '../../src/contract/request';
import { filesystemStorage } from '../../src/storage/filesystem';
import type { Storage } from '../../src/storage/port';
import { submissionJournal } from '../../src/submissions/journal';
import { requestFingerprint } from '../../src/training-id';
import { anIntent } from '../support/an-intent';

const DAY_MS = 86_400_000;

/** The activity alone: weeks are to lie between the two runs. */
describe('what runs before have left on record', () => {
  let folder: string;
  let storage: Storage;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-on-record-'));
    storage = filesystemStorage(folder);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const id = 'order-1';
  const account = { provider: 'apiframe', account: 'main' };
  const request: TrainRequest = {
    subject: 's-1',
    provider: 'apiframe',
    photos: ['file:1.jpg'],
    options: { gender: 'male', ethnicity: 'white' },
  };
  const sentAtMs = Date.now() - 40 * DAY_MS;
  const send = async (attempt: number, atMs = sentAtMs) => {
    const journal = submissionJournal(storage);
    await journal.begin(anIntent({ id, attempt, requestHash: requestFingerprint(request), atMs }));
    return journal;
  };
  const book = (line: Partial<LedgerLine>) =>
    accountLedger(storage, account).add([
      {
        n: 1,
        atMs: sentAtMs + DAY_MS,
        kind: 'charged',
        training: id,
        customer: null,
        what: 'training',
        key: 'training-1',
        credits: 48,
        ...line,
      },
    ]);
  const find = (asked = request): Promise<RecordFound> =>
    new MockActivityEnvironment({ workflowExecution: { workflowId: id, runId: 'r' } }).run(
      findOnRecord({ storage }),
      { request: asked, storeId: null, account },
    );

  it('is nothing', async () => {
    expect(await find()).toEqual({ is: 'free', repeated: [] });
  });

  it('is an attempt that was sent, and what it costs', async () => {
    await send(1);
    expect(await find()).toEqual({ is: 'sent', attempt: 1, credits: 48, booked: null, repeated: [] });
  });

  it.each([
    [{}, 'charged'],
    [{ kind: 'unknown', key: null }, 'unknown'],
    [{ training: 'order-2' }, null],
    [{ key: 'training-2' }, null],
  ] as const)('is booked as the ledger of that time has it: %j', async (line, booked) => {
    await send(1);
    await book(line);
    expect(await find()).toMatchObject({ is: 'sent', booked });
  });

  it('is also what a person had repeated, and each attempt is booked by itself', async () => {
    const journal = await send(1);
    await journal.decide({ id, attempt: 1 }, { settled: 'retry', atMs: sentAtMs + 1 });
    await book({ kind: 'unknown', what: 'unknown', key: 'unknown-1', atMs: sentAtMs + 2 });
    const first = { attempt: 1, credits: 48, booked: 'unknown' };
    expect(await find()).toEqual({ is: 'free', repeated: [first] });
    await send(2, sentAtMs + DAY_MS);
    const second = { is: 'sent', attempt: 2, credits: 48 };
    expect(await find()).toEqual({ ...second, booked: null, repeated: [first] });
    await book({ n: 2, kind: 'unknown', what: null, key: null, atMs: sentAtMs + 2 * DAY_MS });
    expect(await find()).toEqual({ ...second, booked: 'unknown', repeated: [first] });
  });

  it('is of another request', async () => {
    await send(1);
    expect(await find({ ...request, subject: 's-2' })).toMatchObject({
      is: 'another',
      words: expect.stringContaining('choose another id') as string,
    });
  });

  it('is no hindrance where it was refused', async () => {
    const journal = await send(1);
    await journal.recordOutcome({ id, attempt: 1 }, {
      outcome: 'refused',
      code: 'ProviderRefused',
      words: 'no',
      again: 'never',
      atMs: sentAtMs,
    } as never);
    expect(await find()).toEqual({ is: 'free', repeated: [] });
  });
});
