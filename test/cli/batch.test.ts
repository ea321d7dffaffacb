import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addFault } from '../support/ledger';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

const HEAD = 'subject,photos,gender,ethnicity';

describe('a batch, at the command line', () => {
  let rig: Rig;
  let folder: string;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    folder = mkdtempSync(path.join(rig.home, 'manifests-'));
    for (const name of ['people/one', 'people/two', 'people/three', 'people/four'])
      await writePhotos(folder, name, 12);
    await writePhotos(folder, 'people/thirteen', 13);
    mkdirSync(path.join(folder, 'empty'));
    await writePhotos(rig.home, 'elsewhere', 12);
    symlinkSync(path.join(rig.home, 'elsewhere'), path.join(folder, 'link'));
    await writePhotos(folder, 'people/linked', 12);
    symlinkSync(
      path.join(rig.home, 'elsewhere/photo-01.jpg'),
      path.join(folder, 'people/linked/photo-99.jpg'),
    );
  });
  afterAll(() => rig.close());

  const cli = (...args: string[]) => runCli(['batch', ...args, '--home', rig.home], { env: rig.env });
  const manifest = (name: string, lines: string[]) => {
    const file = path.join(folder, name);
    writeFileSync(file, lines.join('\n'));
    return file;
  };
  const charges = async () => (await rig.ledger()).submissions.length;
  const remember = async (id: string) => {
    rig.remember(id);
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig.remember(workflowId);
  };

  it('trains the good rows once, names the others at once, and does nothing the second time', async () => {
    const file = manifest('night.csv', [
      HEAD,
      's-1,people/one,female,white',
      's-2,people/none,female,white',
      's-3,people/two,male,asian',
      's-4,../elsewhere,female,white',
      's-5,link,female,white',
      's-6,empty,female,white',
      's-7,people/three,robot,white',
      's-8,people/linked,female,white',
    ]);
    const before = await charges();
    const first = await cli('run', file);
    expect(first.stderr.trim().split('\n')).toEqual([
      expect.stringContaining('row 3: photos: there is no folder people/none beside the manifest'),
      expect.stringContaining('row 5: photos: ../elsewhere leads out of the folder'),
      expect.stringContaining('row 6: photos: link leads out of the folder'),
      expect.stringContaining('row 7: The folder'),
      expect.stringContaining('row 8: options.gender'),
      // A link in the folder that leads out of where the manifest is.
      'row 9: photos: photo-99.jpg cannot be taken over (outside-root)',
    ]);
    const id = /Started (batch-[0-9a-f]{12}): 2 rows, 6 left out/.exec(first.stdout)?.[1] ?? '';
    expect(id).not.toBe('');
    expect(first.stdout.trim().split('\n').at(-1)).toBe(
      '2 rows · 6 more that were not right · 2 succeeded · 100 credits spent',
    );
    expect(first.code).toBe(1); // some were left out
    expect(await charges()).toBe(before + 2);

    const second = await cli('run', file);
    expect(second.stdout).toContain(`Started ${id}: 2 rows`);
    expect(second).toMatchObject({ code: 1 });
    expect(await charges()).toBe(before + 2);
    const line = '2 rows · 6 more that were not right · 2 succeeded · 100 credits spent\n';
    expect((await cli('show', id)).stdout).toBe(line);
    // Whoever looks later, and has not seen them printed, is told as well.
    expect((await cli('watch', id)).code).toBe(1);
    expect(JSON.parse((await cli('report', id)).stdout)).toMatchObject({
      outcomes: { done: 2 },
      notRight: [
        { row: 3, message: expect.stringContaining('people/none') as string },
        { row: 5 },
        {},
        {},
        {},
        {},
      ],
    });
    expect(JSON.parse((await cli('show', id, '--json')).stdout)).toMatchObject({
      id,
      states: { succeeded: 2 },
    });
    const rows = (await cli('show', id, '--rows')).stdout.trim().split('\n');
    expect(rows.slice(1)).toEqual([
      expect.stringMatching(/^row +subject +state +credits +training$/),
      expect.stringMatching(/^2 +s-1 +succeeded +50 +train-s-1-[0-9a-f]{12}$/),
      expect.stringMatching(/^4 +s-3 +succeeded +50 +train-s-3-[0-9a-f]{12}$/),
    ]);
    expect((await cli('show', id, '--state', 'failed')).stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse((await cli('show', id, '--rows', '--json')).stdout)).toMatchObject({
      rows: 2,
      list: [{ row: 2, place: 1, subject: 's-1' }, { row: 4 }],
    });
    expect(await cli('pause', id)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is over: 2 rows') as unknown,
    });
    await remember(id);
  });

  it('retries what has cost nothing, and cancels no row that has ended', async () => {
    const file = manifest('retry.csv', [
      `${HEAD},max_photos`,
      's-11,people/four,male,white,',
      's-12,file:s-12/1.jpg,male,white,',
    ]);
    const id = /Started (\S+):/.exec((await cli('run', file)).stdout)?.[1] ?? '';
    const before = await charges();
    expect(await cli('retry', id)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Rows that start over: 1\n2 rows · /) as unknown,
    });
    expect((await cli('watch', id)).stdout).toContain('2 rows · 1 succeeded · 1 failed');
    expect(await cli('retry', id, '--row', '2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Row 2 is succeeded') as unknown,
    });
    expect((await cli('cancel', id, '--row', '3')).stderr).toContain('is over');
    expect((await cli('retry', id, '--row', 'x')).stderr).toContain('--row expects a whole number');
    expect(await charges()).toBe(before);
    await remember(id);
  });

  it('says both numbers where its budget is too small, and trains what fits where it may', async () => {
    await writePhotos(folder, 'people/five', 14);
    await writePhotos(folder, 'people/six', 15);
    const people = ['five', 'six'].map((name, n) => `s-4${String(n)},people/${name},female,white`);
    const file = manifest('dear.csv', [HEAD, ...people]);
    const before = await charges();
    const dear = await cli('run', file, '--budget', '60');
    expect(dear).toMatchObject({
      code: expect.any(Number) as number,
      stderr: expect.stringContaining(
        'may need 120 credits, and its budget has 60; nothing was started',
      ) as string,
    });
    expect(await charges()).toBe(before);
    const part = await cli('run', file, '--budget', '60', '--partial');
    expect(part.stdout).toMatch(/2 rows · 1 succeeded · 1 left-out · 58 credits spent of 60\n$/);
    expect(await charges()).toBe(before + 1);
    await remember(/Started (\S+): 2 rows/.exec(part.stdout)?.[1] ?? '');
  });

  it('pauses, goes on and is canceled', async () => {
    const names = ['seven', 'eight', 'nine', 'ten'];
    for (const [n, name] of names.entries()) await writePhotos(folder, `people/${name}`, 16 + n);
    const people = names.map((name, n) => `s-5${String(n)},people/${name},female,white`);
    const file = manifest('steered.csv', [HEAD, ...people]);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'slow', delayMs: 3000, times: 3 });
    const started = await cli('run', file, '--in-flight', '1', '--detach');
    const id = /Started (\S+): 4 rows/.exec(started.stdout)?.[1] ?? '';
    expect((await cli('pause', id)).stdout).toMatch(/^4 rows · paused · /);
    expect((await cli('resume', id)).stdout).toMatch(/^4 rows · (?!paused)/);
    expect((await cli('cancel', id)).stdout).toMatch(/^4 rows · canceled · /);
    const over = await cli('watch', id);
    expect(over.stdout).toMatch(/4 rows · canceled · \d waiting/);
    expect(over.code).toBe(1);
    await remember(id);
  });

  it('reports as JSON, CSV and a page', async () => {
    const file = manifest('report.csv', [
      'subject,photos,gender,ethnicity,customer',
      's-21,people/thirteen,male,white,shop',
      's-22,file:s-22/1.jpg,male,white,',
    ]);
    const id = /Started (\S+):/.exec((await cli('run', file)).stdout)?.[1] ?? '';
    const report = JSON.parse((await cli('report', id)).stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      id,
      outcomes: { done: 1, 'photos-rejected': 1 },
      credits: { planned: 54, reserved: 0, spent: 54, saved: 0 },
      customers: [
        { customer: 'shop', rows: 1, done: 1 },
        { customer: null, rows: 1, done: 0 },
      ],
      rows: [
        { row: 2, subject: 's-21', charge: 'charged', photosGood: 13 },
        { row: 3, outcome: 'photos-rejected', photosRejected: 1, reasons: { 'not-found': 1 } },
      ],
      slowest: [{ subject: 's-21' }, { subject: 's-22' }],
    });
    const csv = path.join(folder, 'report-out.csv');
    expect((await cli('report', id, '--out', csv)).stdout).toContain(`report  ${csv}`);
    expect(readFileSync(csv, 'utf8').split('\r\n')[1]).toMatch(
      /^2,s-21,shop,apiframe,done,succeeded,charged,13,/,
    );
    expect((await cli('report', id, '--format', 'html')).stdout).toContain(`<title>Batch ${id}</title>`);
    await remember(id);
  });

  it.each([
    ['people.txt', [HEAD], 'is no manifest by its name'],
    ['nothing.csv', ['subject,colour'], 'unknown columns: "colour"'],
    ['bad.jsonl', ['{"subject": "s-1"}'], 'No row of'],
  ])('refuses %s in words, and starts nothing', async (name, lines, words) => {
    const before = await charges();
    const { code, stderr, stdout } = await cli('run', manifest(name, lines));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(await charges()).toBe(before);
  });

  it('says that there is no such file, and no such batch', async () => {
    expect((await cli('run', path.join(folder, 'none.csv'))).stderr).toContain('cannot be read (ENOENT)');
    expect((await cli('show', 'batch-none')).stderr).toContain('There is no batch with the id batch-none');
  });
});
