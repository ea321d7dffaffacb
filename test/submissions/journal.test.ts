import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { filesystemStorage } from '../../src/storage/filesystem';
import type { Storage } from '../../src/storage/port';
import { accountCalls } from '../../src/submissions/account-calls';
import { claim, findRival } from '../../src/submissions/claims';
import type { Intent } from '../../src/submissions/entries';
import { submissionJournal, type SubmissionJournal } from '../../src/submissions/journal';
import { onRecord } from '../../src/submissions/on-record';
import { standingOf, type AttemptRecord } from '../../src/submissions/standing';
import { isStore, storeId } from '../../src/submissions/store-identity';
import { ownerOf } from '../../src/submissions/training-owners';

let root: string;
let storage: Storage;
let journal: SubmissionJournal;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'darkroom-journal-'));
  storage = filesystemStorage(root);
  journal = submissionJournal(storage);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const intent = (id: string, attempt: number): Intent => ({
  kind: 'intent',
  id,
  attempt,
  provider: 'apiframe',
  account: 'default',
  requestHash: 'r',
  photoSet: 'p',
  expectedCredits: 40,
  creditsBefore: null,
  call: null,
  token: 't',
  webhookSecret: null,
  atMs: 1,
  overAtMs: 2,
});
const VOID = (id: string, attempt: number) => ({ kind: 'void', id, attempt, atMs: 1 }) as const;

describe('the record of an attempt', () => {
  const ref = { id: 'order/4711 ü', attempt: 1 };

  it('is begun once, by whoever is first', async () => {
    const all = Array.from({ length: 20 }, (_, n) =>
      journal.begin(n % 2 === 0 ? intent(ref.id, 1) : VOID(ref.id, 1)),
    );
    const created = (await Promise.all(all)).filter((one) => one === 'created');
    expect(created).toHaveLength(1);
  });

  it('says what became of it, and a later word counts more', async () => {
    const standings: unknown[] = [(await journal.standing(ref)).standing];
    await journal.begin(intent(ref.id, 1));
    standings.push((await journal.standing(ref)).standing);
    await journal.recordOutcome(ref, { outcome: 'unknown', words: 'reset', atMs: 1 });
    standings.push((await journal.standing(ref)).standing);
    await journal.settle(ref, { settled: 'not-started', words: 'unused', atMs: 1 });
    standings.push((await journal.standing(ref)).standing);
    expect(await journal.settle(ref, { settled: 'found', trainingId: 't', words: '', atMs: 1 })).toBe(
      'exists',
    );
    standings.push((await journal.standing(ref)).standing);
    await journal.decide(ref, { settled: 'abandon', atMs: 1 });
    standings.push((await journal.standing(ref)).standing);
    await journal.decide(ref, { settled: 'adopt', trainingId: 't-9', atMs: 1 });
    await journal.recordEnd(ref, { end: 'failed', atMs: 1 });
    expect(standings).toEqual(['absent', 'unknown', 'unknown', 'free', 'free', 'abandoned']);
    expect(await journal.standing(ref)).toEqual({ standing: 'accepted', trainingId: 't-9', end: 'failed' });
  });

  it('that cannot be read is unknown: nothing is sent again', async () => {
    await journal.begin(intent(ref.id, 1));
    const [file] = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('begin.json'),
    );
    writeFileSync(path.join(root, file ?? ''), '{"kind": "int');
    expect(await journal.standing(ref)).toMatchObject({ standing: 'unknown', intent: null });
  });

  it('of a later release is read as far as it is understood', async () => {
    await journal.begin({ ...intent(ref.id, 1), later: 'more' });
    expect(await journal.standing(ref)).toMatchObject({ standing: 'unknown', intent: { token: 't' } });
  });

  it('names no id in the names of its files', async () => {
    await journal.begin(intent(ref.id, 1));
    expect(readdirSync(root, { recursive: true }).join()).not.toContain('4711');
  });

  it('without any entry but a decision, the decision counts', () => {
    const record: AttemptRecord = {
      beginning: null,
      outcome: null,
      settlement: { settled: 'adopt', trainingId: 't', atMs: 1 },
      end: null,
    };
    expect(standingOf(record)).toMatchObject({ standing: 'accepted' });
  });
});

describe('the attempts of a training', () => {
  it('are walked to the one that counts', async () => {
    expect(await onRecord(journal, 'a')).toEqual({ is: 'free', nextAttempt: 1 });
    await journal.begin(VOID('a', 1));
    await journal.begin(intent('a', 2));
    await journal.recordOutcome({ id: 'a', attempt: 2 }, { outcome: 'refused', words: 'no', atMs: 1 });
    expect(await onRecord(journal, 'a')).toEqual({ is: 'free', nextAttempt: 3 });
    await journal.begin(intent('a', 3));
    expect(await onRecord(journal, 'a')).toMatchObject({ is: 'sent', attempt: 3 });
    expect(await onRecord(journal, 'b')).toEqual({ is: 'free', nextAttempt: 1 });
  });
});

describe('claims on one photo set', () => {
  const thing = { parts: ['apiframe', 'p'], evenIfFailed: false };

  /** As the activity does: claim, then the record, then send. */
  async function trySend(id: string, attempt: number): Promise<boolean> {
    if ((await claim(storage, journal, thing, { id, attempt })) !== null) return false;
    return (await journal.begin(intent(id, attempt))) === 'created';
  }

  it('let one of many send, whatever they do in between', async () => {
    for (let roundNumber = 0; roundNumber < 10; roundNumber += 1) {
      const parts = ['apiframe', roundNumber];
      const ids = Array.from({ length: 8 }, (_, n) => `r${String(roundNumber)}-${String(n)}`);
      const sent = await Promise.all(
        ids.map(async (id) => {
          if ((await claim(storage, journal, { ...thing, parts }, { id, attempt: 1 })) !== null) return false;
          return (await journal.begin(intent(id, 1))) === 'created';
        }),
      );
      // All may lose their first attempt to each other's fences; none may ever be second.
      expect(sent.filter(Boolean).length).toBeLessThanOrEqual(1);
    }
  });

  it('a stalled one that wakes up late finds its place taken', async () => {
    expect(await claim(storage, journal, thing, { id: 'stalled', attempt: 1 })).toBeNull();
    expect(await trySend('other', 1)).toBe(true);
    expect(await journal.begin(intent('stalled', 1))).toBe('exists');
    expect(await trySend('stalled', 2)).toBe(false);
    expect(await claim(storage, journal, thing, { id: 'stalled', attempt: 2 })).toBe('other');
  });

  it.each([
    ['unknown', null, true],
    ['accepted', 'accepted', true],
    ['failed', 'failed', false],
    ['refused', 'refused', false],
  ] as const)('an earlier one that is %s stands in the way or not', async (_what, end, isInTheWay) => {
    await trySend('first', 1);
    const ref = { id: 'first', attempt: 1 };
    if (end === 'refused') await journal.recordOutcome(ref, { outcome: 'refused', words: 'no', atMs: 1 });
    if (end === 'accepted' || end === 'failed')
      await journal.recordOutcome(ref, { outcome: 'accepted', trainingId: 't', atMs: 1 });
    if (end === 'failed') await journal.recordEnd(ref, { end: 'failed', atMs: 1 });
    expect(await findRival(storage, journal, thing, 'second')).toBe(isInTheWay ? 'first' : null);
    expect(await trySend('second', 1)).toBe(!isInTheWay);
    // A model that trains once is used up even so.
    if (end === 'failed')
      expect(await findRival(storage, journal, { ...thing, evenIfFailed: true }, 'third')).not.toBeNull();
  });

  it('in any order of any steps, at most one is sent (random interleavings)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 8, maxLength: 24 }), async (order) => {
        const parts = ['apiframe', order.join(), Math.random()];
        const runners = [0, 1, 2, 3].map((n) => stepwise(`${parts.join()}-${String(n)}`, parts));
        for (const which of order) await runners[which]?.next();
        for (const runner of runners) while ((await runner.next()).done !== true);
        const sent = await Promise.all(
          runners.map(async (_, n) => {
            const record = await journal.read({ id: `${parts.join()}-${String(n)}`, attempt: 1 });
            return record.beginning !== 'unreadable' && record.beginning?.kind === 'intent';
          }),
        );
        expect(sent.filter(Boolean).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  async function* stepwise(id: string, parts: unknown[]) {
    yield;
    const rival = await claim(storage, journal, { ...thing, parts }, { id, attempt: 1 });
    yield;
    if (rival === null) await journal.begin(intent(id, 1));
  }
});

describe('the store', () => {
  it('has an id of its own, the same for all who ask at once, and another one elsewhere', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => storeId(storage)));
    expect(new Set(ids).size).toBe(1);
    expect(await isStore(storage, ids[0] ?? '')).toBe(true);
    expect(await isStore(filesystemStorage(path.join(root, 'other')), ids[0] ?? '')).toBe(false);
  });

  it('knows whose a training is', async () => {
    const training = { provider: 'apiframe', account: 'default', trainingId: 't-1' };
    expect(await ownerOf(storage, training, 'a')).toBe('a');
    expect(await ownerOf(storage, training, 'b')).toBe('a');
    expect(await ownerOf(storage, { ...training, account: 'other' }, 'b')).toBe('b');
  });
});

describe('calls on an exclusive account', () => {
  it('disturb each other where they overlap', async () => {
    const calls = accountCalls(storage, 'apiframe', 'default');
    const over = await calls.begin({ overAtMs: Date.now() + 60_000 });
    await over.end();
    const sinceMs = Date.now() + 1;
    const own = await calls.begin({ overAtMs: sinceMs + 60_000 });
    expect(await calls.hadOthers({ name: own.name, sinceMs })).toBe(false);
    const open = await calls.begin({ overAtMs: sinceMs + 60_000 });
    expect(await calls.hadOthers({ name: own.name, sinceMs })).toBe(true);
    await open.end();
    expect(await calls.hadOthers({ name: own.name, sinceMs: Date.now() + 1000 })).toBe(false);
    expect(await accountCalls(storage, 'apiframe', 'other').hadOthers({ name: '', sinceMs: 0 })).toBe(false);
  });

  it('whose end was never written is over when its time is', async () => {
    const calls = accountCalls(storage, 'apiframe', 'default');
    await calls.begin({ overAtMs: 1000 });
    expect(await calls.hadOthers({ name: '', sinceMs: 1001 })).toBe(false);
    expect(await calls.hadOthers({ name: '', sinceMs: 999 })).toBe(true);
  });
});

it('what is written is on the disk whole', async () => {
  await journal.begin(intent('a', 1));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
  expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(files.map((name) => JSON.parse(readFileSync(path.join(root, name), 'utf8')) as unknown)).toEqual([
    intent('a', 1),
  ]);
});
