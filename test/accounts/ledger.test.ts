import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { accountLedger, daysBetween } from '../../src/accounts/ledger';
import { ledgerCsv } from '../../src/accounts/ledger-csv';
import { recoveredFrom } from '../../src/accounts/recover';
import { sumLedger, unexplained } from '../../src/accounts/sum-ledger';
import type { LedgerLine } from '../../src/contract/account';
import { filesystemStorage } from '../../src/storage/filesystem';

const DAY = '2026-11-25';
const at = (clock: string, day = DAY) => Date.parse(`${day}T${clock}Z`);
const line = (n: number, changes: Partial<LedgerLine>): LedgerLine => ({
  n,
  atMs: at('12:00:00'),
  kind: 'reserved',
  training: 't-1',
  customer: null,
  what: null,
  key: null,
  credits: 42,
  ...changes,
});
const STORY: LedgerLine[] = [
  line(1, { kind: 'balance', training: null, credits: 1000 }),
  line(2, {}),
  line(3, { kind: 'charged', what: 'upload', key: 'upload-1', credits: 2 }),
  line(4, { training: 't-2', customer: 'c-7' }),
  line(5, { kind: 'charged', what: 'training', key: 'training-1', credits: 40 }),
  line(6, { kind: 'ended', credits: 0 }),
  line(7, { kind: 'charged', what: 'upload', training: 't-2', customer: 'c-7', credits: 2 }),
  line(8, { kind: 'refunded', training: 't-2', customer: 'c-7', credits: 40 }),
  line(9, { kind: 'ended', training: 't-2', customer: 'c-7', credits: 0 }),
  line(10, { kind: 'balance', training: null, credits: 950 }),
  line(11, { training: 't-3', customer: 'c-7', atMs: at('00:00:01', '2026-11-26') }),
];

describe('the ledger of an account', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-ledger-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const days = daysBetween(at('00:00:00'), at('00:00:00', '2026-11-26'));

  it('keeps lines by their day, each once, however often they are added', async () => {
    const ledger = accountLedger(filesystemStorage(folder), { provider: 'apiframe', account: 'a/../b' });
    await ledger.add(STORY.slice(0, 5));
    await ledger.add(STORY.slice(0, 5));
    await ledger.add(STORY.slice(5));
    expect(await ledger.read(days)).toEqual(STORY);
    expect(await ledger.read([DAY])).toHaveLength(10);
    const other = accountLedger(filesystemStorage(folder), { provider: 'apiframe', account: 'other' });
    expect(await other.read(days)).toEqual([]);
  });

  it('counts what a training has paid for once, also where two gates have booked it', async () => {
    const ledger = accountLedger(filesystemStorage(folder), { provider: 'apiframe', account: 'a' });
    const paid = { kind: 'charged', what: 'training', key: 'training-1', credits: 40 } as const;
    await ledger.add([line(1, paid), line(2, { ...paid, training: 't-2' })]);
    const again = { ...paid, atMs: at('12:00:05') };
    await ledger.add([line(3, again), line(4, { ...again, training: 't-3', key: 'training-2' })]);
    const lines = await ledger.read(days);
    // What stands there stays; it is the sums that count it once.
    expect(lines).toHaveLength(4);
    const balances = [line(0, { kind: 'balance', training: null, credits: 500, atMs: at('11:00:00') })];
    const last = line(9, { kind: 'balance', training: null, credits: 380, atMs: at('13:00:00') });
    expect(sumLedger(lines, 'account', 'a')).toMatchObject([{ trainings: 3, charged: 120, reserved: 0 }]);
    expect(recoveredFrom(lines, DAY).spent).toEqual([[null, 120]]);
    expect(unexplained([...balances, ...lines, last])).toMatchObject({ credits: 0 });
  });

  it('keeps both where two have written the same number, as after a history was lost', async () => {
    const ledger = accountLedger(filesystemStorage(folder), { provider: 'apiframe', account: 'a' });
    await ledger.add([line(1, {})]);
    await ledger.add([line(1, { training: 't-9' })]);
    expect(await ledger.read([DAY])).toHaveLength(2);
  });
});

describe('what a ledger comes to', () => {
  it('by account, customer and day', () => {
    expect(sumLedger(STORY, 'account', 'default')).toEqual([
      { key: 'default', trainings: 3, reserved: 42, charged: 44, refunded: 40, unknown: 0 },
    ]);
    expect(sumLedger(STORY, 'customer', 'default')).toMatchObject([
      { key: '(none)', charged: 42, reserved: 0 },
      { key: 'c-7', charged: 2, refunded: 40, reserved: 42 },
    ]);
    expect(sumLedger(STORY, 'day', 'default').map(({ key }) => key)).toEqual([DAY, '2026-11-26']);
  });

  it('says by how much the balance moved that nobody has written down', () => {
    expect(unexplained(STORY)).toMatchObject({ credits: -6 });
    expect(unexplained(STORY.slice(0, 5))).toBeNull();
  });

  it('is all that an account needs to know again who has its slots and what the day has cost', () => {
    expect(recoveredFrom(STORY, '2026-11-26')).toEqual({
      nextLine: 12,
      day: '2026-11-26',
      spent: [],
      unknown: [],
      holders: [{ id: 't-3', customer: 'c-7', reserved: 42, isTraining: false, paidKeys: [] }],
      ended: [
        { id: 't-1', paidKeys: ['upload-1', 'training-1'] },
        { id: 't-2', paidKeys: [] },
      ],
    });
    expect(recoveredFrom(STORY.slice(0, 5), DAY)).toMatchObject({
      spent: [[null, 42]],
      holders: [
        { id: 't-2', reserved: 42 },
        { id: 't-1', reserved: 0, isTraining: true, paidKeys: ['upload-1', 'training-1'] },
      ],
    });
  });

  it('in a spreadsheet is no formula, whatever an id looks like', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t'), fc.string(), (mark, rest) => {
        const csv = ledgerCsv([line(1, { training: `${mark}${rest}` })]);
        const rows: string[][] = parse(csv);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t]/);
      }),
    );
    expect(ledgerCsv(STORY.slice(0, 2)).split('\r\n').slice(0, 2)).toEqual([
      'n,at,kind,training,customer,what,credits',
      '1,2026-11-25T12:00:00.000Z,balance,,,,1000',
    ]);
  });
});
