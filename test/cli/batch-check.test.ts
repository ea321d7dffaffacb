import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accountLedger } from '../../src/accounts/ledger';
import { filesystemStorage } from '../../src/storage/filesystem';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { ANY_PICTURE } from '../support/any-picture';
import { readLedger } from '../support/ledger';
import { writePhotos } from '../support/photos';
import { runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';

const HEAD = 'subject,photos,gender,ethnicity,max_photos';

describe('darkroom batch check', () => {
  let folder: string;
  let sandbox: Sandbox;
  let env: Record<string, string>;
  beforeAll(async () => {
    sandbox = await startSandbox({ apiKey: 'test-key', credits: 120 });
    folder = mkdtempSync(path.join(testFolder(), 'check-'));
    for (const name of ['one', 'two', 'three', 'linked']) await writePhotos(folder, name, 12);
    await writePhotos(folder, 'few', 11);
    for (const n of [3, 4]) writeFileSync(path.join(folder, `few/photo-0${String(n)}.jpg`), 'no picture');
    mkdirSync(path.join(folder, 'secret'));
    // Beside the manifest lies a folder with a link in it that leads out of there.
    const outside = path.join(testFolder(), `outside-${path.basename(folder)}.jpg`);
    writeFileSync(outside, 'somebody else');
    symlinkSync(outside, path.join(folder, 'linked/photo-99.jpg'));
    // Nothing listens there: a check asks no Temporal.
    env = { ...ANY_PICTURE, DARKROOM_PHOTO_PROCESSES: '1', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const withKey = () => ({ ...env, APIFRAME_BASE_URL: sandbox.url, APIFRAME_API_KEY: 'test-key' });
  const check = (file: string, settings: Record<string, string>, ...options: string[]) =>
    runCli(['batch', 'check', file, '--home', path.join(folder, 'home'), ...options], { env: settings });
  const manifest = (name: string, lines: string[]) => {
    const file = path.join(folder, name);
    writeFileSync(file, lines.join('\n'));
    return file;
  };
  const good = (subject: string, photos: string) => `${subject},${photos},female,white,`;

  it('names every problem with its row, counts credits against the balance, and starts nothing', async () => {
    const file = manifest('night.csv', [
      HEAD,
      good('s-1', 'one'),
      good('s-2', 'few'),
      good('s-3', 'nowhere'),
      good('s-4', 'linked'),
      's-5,two,robot,white,',
      's-6,two,male,asian,10',
      's-7,three,male,asian,5',
    ]);
    const { code, stdout, stderr } = await check(file, withKey());
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(
        /^row 3: photos: APIFRAME needs at least 10 good photos and 9 of 11 are good, so add 1 more; rejected: photo-03\.jpg \(not-an-image\)/,
      ),
      expect.stringContaining('row 4: photos: there is no folder nowhere beside the manifest'),
      expect.stringContaining('row 5: photos: photo-99.jpg cannot be taken over (outside-root)'),
      expect.stringContaining('row 6: options.gender'),
      'row 8: max_photos is 5 and APIFRAME needs at least 10 photos',
    ]);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(
        /^provider +rows +photos +good +rejected +credits needed +saved +balance +left today$/,
      ),
      // 2 + 12 × 4, and 2 + 10 × 4: the first ten of twelve are sent.
      expect.stringMatching(/^APIFRAME +2 +60 +31 +2 +92 +0 +120 +no limit$/),
      '5 problems; those rows would be left out.',
    ]);
    expect(code).toBe(1);
    expect((await readLedger(sandbox.url)).submissions).toEqual([]);
  });

  it('is content with a manifest that is right, also without a key', async () => {
    const file = manifest('right.csv', [HEAD, good('s-1', 'one'), good('s-2', 'two')]);
    const { code, stdout, stderr } = await check(file, env, '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [],
      rows: [
        { row: 2, subject: 's-1', good: 12, rejected: 0, creditsNeeded: 50 },
        { row: 3, subject: 's-2', creditsNeeded: 50 },
      ],
      sums: [{ provider: 'apiframe', rows: 2, creditsNeeded: 100, balance: null, creditsMissing: 0 }],
    });
    expect((await check(file, env)).stdout).toContain('Everything is right; nothing was started.');
  });

  it('says what the account lacks', async () => {
    const rows = ['one', 'two', 'three'].map((name, n) => good(`s-${String(n)}`, name));
    const { code, stdout } = await check(manifest('dear.csv', [HEAD, ...rows]), withKey());
    expect(stdout).toContain('APIFRAME lacks 30 credits.');
    expect(code).toBe(1);
  });

  it('compares with the budget', async () => {
    const file = manifest('budget.csv', [HEAD, good('s-1', 'one'), good('s-2', 'two')]);
    const short = await check(file, env, '--budget', '60');
    expect(short.stdout).toContain('The budget of 60 credits lacks 40.');
    expect(short.code).toBe(1);
    const enough = await check(file, env, '--budget', '100', '--json');
    expect(JSON.parse(enough.stdout)).toMatchObject({ budget: { credits: 100, missing: 0 } });
    expect(enough.code).toBe(0);
    expect(await check(file, env, '--budget', '0')).toMatchObject({ code: 2, stdout: '' });
  });

  it('compares with what accounts.yaml allows today, less what the ledger has', async () => {
    const home = path.join(folder, 'limited');
    mkdirSync(home);
    const limited = (rest: string) =>
      writeFileSync(path.join(home, 'accounts.yaml'), `accounts: [{ provider: apiframe, ${rest} }]`);
    const file = manifest('limited.csv', [HEAD, good('s-1', 'one'), good('s-2', 'two')]);
    const checkThere = () => runCli(['batch', 'check', file, '--home', home], { env });
    limited('creditsPerDay: 130');
    expect((await checkThere()).stdout).toContain('Everything is right');
    const line = { n: 1, atMs: Date.now(), training: 't-1', customer: null, key: 'training-1', credits: 40 };
    await accountLedger(filesystemStorage(path.join(home, 'store')), {
      provider: 'apiframe',
      account: 'default',
    }).add([{ ...line, kind: 'charged', what: 'training' }]);
    const short = await checkThere();
    expect(short.stdout).toContain('What accounts.yaml allows APIFRAME today lacks 10 credits.');
    expect(short.code).toBe(1);
    limited('creditsPerDay: 49');
    const never = await checkThere();
    expect(never.stderr).toContain('row 2: credits: it needs 50 credits, and the account may spend 49 a day');
    expect(never.stdout).toContain('2 problems; those rows would be left out.');
  });

  it('looks at the other rows where the photos folder is away', async () => {
    const file = manifest('away.csv', [
      HEAD,
      good('s-1', 'file:x'),
      good('s-2', 'one'),
      good('s-3', 'nowhere'),
    ]);
    const { code, stderr, stdout } = await check(file, env);
    expect(stderr).toMatch(/row 2: photos: The photos folder .* cannot be read/);
    expect(stderr).toContain('row 4: photos: there is no folder nowhere');
    expect(stdout).toMatch(/APIFRAME +1 /);
    expect(code).toBe(1);
  });

  it('refuses what is no manifest', async () => {
    expect(await check(manifest('people.txt', [HEAD]), env)).toMatchObject({ code: 2, stdout: '' });
  });
});
