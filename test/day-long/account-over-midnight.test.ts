import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { daysBetween, accountLedger } from '../../src/accounts/ledger';
import { sumLedger } from '../../src/accounts/sum-ledger';
import { utcDay } from '../../src/contract/day';
import { filesystemStorage } from '../../src/storage/filesystem';
import { describeWhere } from '../support/required-or-skipped';
import { createDayLongRig, type DayLongRig } from './day-long-rig';
import { whyNoTimeSkipping } from './time-skipping-server';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const about = { title: 'an account whose day ends', variable: 'DARKROOM_TEST_DAY_LONG' };

describeWhere(whyNoTimeSkipping(), about, () => {
  let day: DayLongRig;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-midnight-'));
  });
  afterEach(async () => {
    await day.close();
    rmSync(folder, { recursive: true });
  });

  it('lets in at midnight, UTC, who was too much for the day before, and keeps the days apart', async () => {
    const accounts = path.join(folder, 'accounts.yaml');
    writeFileSync(accounts, `accounts: [{ provider: apiframe, creditsPerDay: ${String(2 * PRICE - 1)} }]`);
    day = await createDayLongRig({ trainMs: MINUTE_MS, saysPercent: true }, { DARKROOM_ACCOUNTS: accounts });
    const { rig, clock, provider } = day;
    // Both are asked for in the last hour of a day. The gate looks once a minute while somebody waits.
    const leftMs = DAY_MS - ((await clock.nowMs()) % DAY_MS);
    await clock.pass((leftMs < HOUR_MS ? leftMs + DAY_MS : leftMs) - HOUR_MS);
    const first = await rig.train(await rig.request({ subject: 's-today' }));
    await clock.skipWhile(() => rig.darkroom.result(first));
    const second = await rig.train(await rig.request({ subject: 's-tomorrow' }));
    await clock.skipWhile(() => rig.darkroom.result(second));

    const [today = 0, tomorrow = 0] = provider.submissions.map(({ atMs }) => atMs);
    expect(provider.submissions).toHaveLength(2);
    expect(utcDay(tomorrow)).toBe(utcDay(today + DAY_MS));
    expect(tomorrow % DAY_MS).toBeLessThan(5 * MINUTE_MS);
    const status = await rig.darkroom.account('apiframe', 'default');
    expect(status?.credits).toMatchObject({ day: utcDay(tomorrow), spent: PRICE, reserved: 0, planned: 0 });

    const ledger = accountLedger(filesystemStorage(rig.config.storeDir), {
      provider: 'apiframe',
      account: 'default',
    });
    const sums = sumLedger(await ledger.read(daysBetween(today, tomorrow)), 'day', 'default');
    expect(sums).toMatchObject([
      { key: utcDay(today), charged: PRICE },
      { key: utcDay(tomorrow), charged: PRICE },
    ]);
  });
});
