import { judgeLedger } from '../../src/bench/chaos/judge-ledger';
import type { TrainStatus } from '../../src/client';
import type { LedgerLine } from '../../src/contract/account';
import { Ledger, type LedgerState } from '../../src/sandbox/ledger';

const line = (kind: LedgerLine['kind'], credits: number, what: LedgerLine['what'] = null): LedgerLine => ({
  n: 1,
  atMs: 0,
  kind,
  training: 'a',
  customer: null,
  what,
  key: null,
  credits,
});
const GOOD = [
  line('reserved', 42),
  line('charged', 2, 'upload'),
  line('charged', 40, 'training'),
  line('ended', 0),
];
const ends = (spent: number) => new Map([['a', { credits: { spent, reserved: 0 } } as TrainStatus]]);

function provider({ uploads = 1, trainings = 1 } = {}): LedgerState {
  const upload = { taskId: 'u', atMs: 0, images: 10, credits: 2, readyAtMs: 0, expiresAtMs: 0, fails: false };
  const submission = {
    taskId: 't',
    atMs: 0,
    uploadTaskId: 'u',
    images: 10,
    credits: 40,
    triggerWord: 'a',
    finishedAtMs: 0,
    fails: false,
  };
  return {
    ...Ledger.empty(1000),
    uploads: Array.from({ length: uploads }, () => upload),
    submissions: Array.from({ length: trainings }, () => submission),
  };
}

describe('the judge of the ledgers', () => {
  it('finds nothing where all agree, and counts uploads whose answer was lost', () => {
    expect(judgeLedger({ lines: GOOD, ends: ends(42), provider: provider() })).toEqual({
      broken: [],
      charged: 42,
      lostUploads: 0,
    });
    expect(judgeLedger({ lines: GOOD, ends: ends(42), provider: provider({ uploads: 3 }) })).toMatchObject({
      broken: [],
      lostUploads: 4,
    });
  });

  it.each([
    ['a result that says something else', GOOD, ends(40), provider()],
    [
      'a charge that was written down twice',
      [...GOOD, line('charged', 40, 'training')],
      ends(42),
      provider(),
    ],
    ['a charge that the provider has not made', GOOD, ends(42), provider({ trainings: 0 })],
    ['a charge that nobody has written down', GOOD, ends(42), provider({ trainings: 2 })],
    ['an upload that the provider does not know', GOOD, ends(42), provider({ uploads: 0 })],
    ['credits that stay set aside', [...GOOD, line('reserved', 42)], ends(42), provider()],
  ])('finds %s', (_what, lines, results, books) => {
    expect(judgeLedger({ lines, ends: results, provider: books }).broken).not.toEqual([]);
  });

  it('lets pass what is written down as unknown, whether or not it was charged', () => {
    const lines = [line('reserved', 42), line('charged', 2, 'upload'), line('unknown', 40), line('ended', 0)];
    for (const trainings of [0, 1])
      expect(judgeLedger({ lines, ends: ends(2), provider: provider({ trainings }) }).broken).toEqual([]);
  });
});
