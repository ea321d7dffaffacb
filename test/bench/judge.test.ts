import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrainStatus } from '../../src/client';
import { judge } from '../../src/bench/chaos/judge';
import type { Asked } from '../../src/bench/chaos/asked';
import { randomOf } from '../../src/bench/chaos/random';
import { filesystemStorage } from '../../src/storage/filesystem';
import { submissionJournal, type SubmissionJournal } from '../../src/submissions/journal';

const ASKED: Asked = {
  id: 'a',
  request: {
    subject: 's-1',
    provider: 'apiframe',
    photos: ['file:1.jpg'],
    options: { gender: 'male', ethnicity: 'white' },
  },
  isCanceled: false,
  retries: 0,
  wasAsked: false,
};
const TRAINED = { state: 'succeeded', charge: 'charged', trainingId: 't-1' } as TrainStatus;

describe('the judge of a chaos run', () => {
  let folder: string;
  let journal: SubmissionJournal;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-judge-'));
    journal = submissionJournal(filesystemStorage(folder));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const record = async (attempt: number) => {
    await journal.begin({
      kind: 'intent',
      id: 'a',
      attempt,
      provider: 'apiframe',
      account: 'default',
      requestHash: '',
      photoSet: null,
      expectedCredits: 40,
      creditsBefore: null,
      call: null,
      token: '',
      webhookSecret: null,
      atMs: 1,
      overAtMs: 1,
    });
  };
  const broken = (status: TrainStatus | undefined, charges: string[], asked: Partial<Asked> = {}) =>
    judge({ ...ASKED, ...asked }, status, { charges, journal });

  it('finds nothing where every promise was kept', async () => {
    await record(1);
    expect(await broken(TRAINED, ['t-1'])).toEqual([]);
    await record(2);
    expect(await broken(TRAINED, ['t-0', 't-1'], { retries: 1 })).toEqual([]);
  });

  it.each([
    ['a second charge', TRAINED, ['t-1', 't-2'], {}, /charged 2 times/],
    [
      'a charge that is denied',
      { ...TRAINED, state: 'failed', charge: 'none' },
      ['t-1'],
      {},
      /nothing was charged/,
    ],
    ['a training of somebody else', TRAINED, ['t-9'], {}, /not its own/],
    ['a cancel that nobody asked for', { ...TRAINED, state: 'canceled' }, ['t-1'], {}, /canceled by nobody/],
    ['a run without an end', undefined, ['t-1'], {}, /has no end/],
    ['a success for nothing', { ...TRAINED, charge: 'unknown' }, ['t-1'], {}, /succeeded without a charge/],
  ] as const)('finds %s', async (_what, status, charges, asked, sentence) => {
    await record(1);
    await record(2);
    expect((await broken(status as TrainStatus | undefined, [...charges], asked)).join()).toMatch(sentence);
  });

  it('finds a charge without a record, and a paid training that was lost', async () => {
    expect((await broken(TRAINED, ['t-1'])).join()).toMatch(/charged without a record/);
    await record(1);
    await journal.recordOutcome({ id: 'a', attempt: 1 }, { outcome: 'accepted', trainingId: 't-1', atMs: 1 });
    const lost = { ...TRAINED, state: 'failed', charge: 'unknown' } as TrainStatus;
    expect((await broken(lost, ['t-1'])).join()).toMatch(/lost a paid training/);
  });

  it('a seed repeats its choices, and another one makes others', () => {
    const choices = (seed: number) => {
      const random = randomOf(seed);
      return Array.from({ length: 50 }, () => random.unit());
    };
    expect(choices(7)).toEqual(choices(7));
    expect(choices(7)).not.toEqual(choices(8));
    expect(choices(7).every((x) => x >= 0 && x < 1)).toBe(true);
  });
});
