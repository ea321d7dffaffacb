import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { drawPortraits } from '../../src/demo-portraits';
import { ANY_PICTURE } from '../support/any-picture';
import { photo, writePhotos } from '../support/photos';
import { childrenOf } from '../support/children-of';
import { writeLargePhotos } from '../support/large-photos';
import { MAIN, runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';
import { until } from '../support/until';
import { isRunning } from '../temporal-server/is-running';

/** For tests that are not about the gates. */
const normalize = (...args: string[]) =>
  runCli(['normalize', ...args], { env: { ...ANY_PICTURE, DARKROOM_PHOTO_PROCESSES: '1' } });

describe('darkroom normalize', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(testFolder(), 'normalize-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('writes 640×640 JPEGs, verdicts.json and a report, and needs no Temporal', async () => {
    await writePhotos(home, 'in', 3);
    writeFileSync(path.join(home, 'in/text.jpg'), 'no picture');
    writeFileSync(
      path.join(home, 'in/photo-01.png'),
      await sharp(await photo(5))
        .png()
        .toBuffer(),
    );
    const out = path.join(home, 'out');
    const { code, stdout } = await normalize(path.join(home, 'in'), '--out', out);

    expect(code).toBe(0);
    const { photos } = JSON.parse(readFileSync(path.join(out, 'verdicts.json'), 'utf8')) as {
      photos: unknown[];
    };
    expect(photos).toEqual([
      { photo: 'photo-01.jpg', verdict: 'accepted', reasons: [], output: 'photo-01.jpg' },
      { photo: 'photo-01.png', verdict: 'accepted', reasons: [], output: 'photo-01-2.jpg' },
      { photo: 'photo-02.jpg', verdict: 'accepted', reasons: [], output: 'photo-02.jpg' },
      { photo: 'photo-03.jpg', verdict: 'accepted', reasons: [], output: 'photo-03.jpg' },
      { photo: 'text.jpg', verdict: 'rejected', reasons: ['not-an-image'], output: null },
    ]);
    const { width, height, format } = await sharp(path.join(out, 'photo-02.jpg')).metadata();
    expect({ width, height, format }).toEqual({ width: 640, height: 640, format: 'jpeg' });
    expect(stdout).toContain(`report        ${path.join(out, 'report.html')}`);
    expect(readFileSync(path.join(out, 'report.html'), 'utf8')).toContain('photo-03.jpg');
  });

  it('gives the same bytes when it is run again', async () => {
    await writePhotos(home, 'in', 2);
    const outs = ['a', 'b'].map((name) => path.join(home, name));
    for (const out of outs) await normalize(path.join(home, 'in'), '--out', out);
    const [first, second] = outs.map((out) => readFileSync(path.join(out, 'photo-02.jpg')));
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  });

  it('never writes onto the originals', async () => {
    await writePhotos(home, 'in', 2);
    const before = readFileSync(path.join(home, 'in/photo-01.jpg'));
    const { code, stderr } = await runCli([
      'normalize',
      path.join(home, 'in'),
      '--out',
      path.join(home, 'in'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('they would be overwritten');
    expect(readFileSync(path.join(home, 'in/photo-01.jpg')).equals(before)).toBe(true);
  });

  it('replaces nothing but what an earlier run has made', async () => {
    await writePhotos(home, 'in', 2);
    const [input, out] = [path.join(home, 'in'), path.join(home, 'out')];
    mkdirSync(out);
    writeFileSync(path.join(out, 'photo-02.jpg'), 'an original with the same name');
    const refused = await normalize(input, '--out', out);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('holds a file photo-02.jpg that no earlier normalize has made');
    expect(readdirSync(out)).toEqual(['photo-02.jpg']);
    expect(readFileSync(path.join(out, 'photo-02.jpg'), 'utf8')).toBe('an original with the same name');

    for (const name of ['report.html', 'verdicts.json']) {
      const other = mkdtempSync(path.join(home, 'other-'));
      writeFileSync(path.join(other, name), '{}');
      expect((await normalize(input, '--out', other)).stderr).toContain(`holds a file ${name}`);
      expect(readFileSync(path.join(other, name), 'utf8')).toBe('{}');
    }
  });

  it('a second run replaces its results, and takes away those of photos that are no longer good', async () => {
    await writePhotos(home, 'in', 2);
    const [input, out] = [path.join(home, 'in'), path.join(home, 'out')];
    await normalize(input, '--out', out);
    writeFileSync(path.join(out, 'notes.txt'), 'mine');
    writeFileSync(path.join(input, 'photo-01.jpg'), 'no picture any more');
    expect(await normalize(input, '--out', out)).toMatchObject({ code: 0 });
    expect(readdirSync(out).sort()).toEqual(['notes.txt', 'photo-02.jpg', 'report.html', 'verdicts.json']);
    for (const name of ['photo-02.jpg', 'report.html'])
      expect(statSync(path.join(out, name)).mode & 0o077).toBe(0); // they show faces
  });

  it('after a run that ended in the middle, the next one still knows what is its own', async () => {
    await writePhotos(home, 'in', 2);
    const [input, out] = [path.join(home, 'in'), path.join(home, 'out')];
    await normalize(input, '--out', out);
    rmSync(path.join(out, 'photo-02.jpg')); // named, and not written yet
    const foreign = { photos: ['..', 'verdicts.json', '../in/photo-01.jpg'].map((output) => ({ output })) };
    const verdicts = JSON.parse(readFileSync(path.join(out, 'verdicts.json'), 'utf8')) as typeof foreign;
    verdicts.photos.push(...foreign.photos);
    writeFileSync(path.join(out, 'verdicts.json'), JSON.stringify(verdicts));
    expect(await normalize(input, '--out', out)).toMatchObject({ code: 0 });
    expect(readdirSync(out).sort()).toEqual(['photo-01.jpg', 'photo-02.jpg', 'report.html', 'verdicts.json']);
    expect(readdirSync(input)).toEqual(['photo-01.jpg', 'photo-02.jpg']);
  });

  it('does not follow links: neither from the photos to the results nor from the results elsewhere', async () => {
    await writePhotos(home, 'originals', 1);
    const [input, out] = [path.join(home, 'in'), path.join(home, 'out')];
    mkdirSync(input);
    symlinkSync('../originals/photo-01.jpg', path.join(input, 'photo-01.jpg'));
    const original = path.join(home, 'originals/photo-01.jpg');
    const before = readFileSync(original);
    const refused = await normalize(input, '--out', path.join(home, 'originals'));
    expect(refused.stderr).toContain('they would be overwritten');

    await normalize(input, '--out', out);
    rmSync(path.join(out, 'photo-01.jpg'));
    symlinkSync('../originals/photo-01.jpg', path.join(out, 'photo-01.jpg'));
    expect(await normalize(input, '--out', out)).toMatchObject({ code: 0 });
    expect(readFileSync(original).equals(before)).toBe(true);
  });

  it('a name that is HTML is text in the report', async () => {
    await writePhotos(home, 'in', 1);
    const name = '<img src=x onerror=alert(1)>.jpg';
    renameSync(path.join(home, 'in/photo-01.jpg'), path.join(home, 'in', name));
    await normalize(path.join(home, 'in'), '--out', path.join(home, 'out'));
    const page = readFileSync(path.join(home, 'out/report.html'), 'utf8');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;.jpg');
    expect(page).not.toContain('<img src=x');
  });

  it('Ctrl-C stops it with 130 and leaves nothing behind', async () => {
    await writeLargePhotos(home, 'in', 30);
    const out = path.join(home, 'out');
    const child = spawn(process.execPath, [MAIN, 'normalize', path.join(home, 'in'), '--out', out], {
      env: { ...process.env, ...ANY_PICTURE, DARKROOM_PHOTO_PROCESSES: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await until('a photo process is at work', () => (childrenOf(child.pid).length > 0 ? true : null));
    const photoProcesses = childrenOf(child.pid);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    expect(stderr).toContain('stopped; nothing was written');
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
    await until('its processes are gone', () => (photoProcesses.some(isRunning) ? null : true), 5000);
  });

  it('tells files of the same name in two folders apart', async () => {
    for (const folder of ['a', 'b']) await writePhotos(home, folder, 1);
    const [a, b] = [path.join(home, 'a'), path.join(home, 'b')];
    const { stdout } = await runCli(['normalize', a, b, '--out', path.join(home, 'out'), '--json'], {
      env: { DARKROOM_GATES: 'all=off,duplicate=reject' },
    });
    expect((JSON.parse(stdout) as { photos: unknown[] }).photos).toEqual([
      { photo: path.join(a, 'photo-01.jpg'), verdict: 'accepted', reasons: [], output: 'photo-01.jpg' },
      {
        photo: path.join(b, 'photo-01.jpg'),
        verdict: 'rejected',
        reasons: ['duplicate'],
        output: null,
        twin: path.join(a, 'photo-01.jpg'),
      },
    ]);
  });

  it('takes a photo that is named twice once, and prints no control characters of a name', async () => {
    const [, second = ''] = await writePhotos(home, 'in', 2);
    const odd = path.join(home, 'in/odd\u001b[31m.jpg');
    writeFileSync(odd, 'no picture');
    const folder = path.join(home, 'in');
    const named = path.join(home, second.replace('file:', ''));
    const { stdout } = await normalize(folder, named, '--out', path.join(home, 'out'));
    expect(stdout.match(/photo-02/g)).toHaveLength(1);
    expect(stdout).toContain('odd·[31m.jpg');
  });

  it('exit 2 when no photo is good, and when the results cannot be written', async () => {
    mkdirSync(path.join(home, 'in'));
    writeFileSync(path.join(home, 'in/text.jpg'), 'no picture');
    expect(await runCli(['normalize', path.join(home, 'in'), '--out', path.join(home, 'out')])).toMatchObject(
      { code: 2 },
    );
    const blocked = await runCli([
      'normalize',
      path.join(home, 'in'),
      '--out',
      path.join(home, 'in/text.jpg/out'),
    ]);
    expect(blocked.code).toBe(2);
    expect(blocked.stderr).toContain('choose another with --out');
  });

  it('gates: leaves out what repeats another, counts what that saves, and says which one', async () => {
    const folder = await portraits(home, ['02-garden.jpg', '13-mirrored.jpg', '05-cutout.png']);
    const { code, stdout } = await runCli(['normalize', folder, '--out', path.join(home, 'out'), '--json']);
    expect(code).toBe(0);
    const { photos, creditsSaved, advice } = JSON.parse(stdout) as {
      photos: { photo: string; verdict: string; twin?: string }[];
      creditsSaved: number;
      advice: string;
    };
    expect(photos.map(({ photo: name, verdict, twin }) => [name, verdict, twin])).toEqual([
      ['02-garden.jpg', 'accepted', undefined],
      ['05-cutout.png', 'accepted', undefined],
      ['13-mirrored.jpg', 'rejected', '02-garden.jpg'],
    ]);
    expect(creditsSaved).toBe(4);
    expect(advice).toMatch(/^2 good photos, 1 repetition found, faces of \d+ to \d+ % of the picture: /);
  });

  it('--gate changes one gate or a group, the last one counts, and DARKROOM_GATES stands behind it', async () => {
    await writePhotos(home, 'in', 1);
    const first = async (gates: string[], env: Record<string, string> = {}) => {
      const out = path.join(home, 'out');
      const { stdout } = await runCli(
        ['normalize', path.join(home, 'in'), '--out', out, '--json', ...gates],
        {
          env,
        },
      );
      const [found] = (JSON.parse(stdout) as { photos: { verdict: string; reasons: string[] }[] }).photos;
      return `${found?.verdict} ${found?.reasons.join()}`;
    };
    expect(await first([])).toBe('rejected no-face');
    expect(await first(['--gate', 'no-face=warn'])).toBe('warned no-face');
    expect(await first(['--gate', 'no-face=reject', '--gate', 'faces=off'])).toBe('accepted ');
    expect(await first([], { DARKROOM_GATES: 'no-face=warn' })).toBe('warned no-face');
    expect(await first(['--gate', 'no-face=reject'], { DARKROOM_GATES: 'all=off' })).toBe('rejected no-face');
  });

  it('--crop subject cuts head and shoulders out of the photo itself', async () => {
    const folder = await portraits(home, ['02-garden.jpg']);
    for (const crop of ['whole', 'subject'])
      await runCli(['normalize', folder, '--out', path.join(home, crop), '--crop', crop]);
    const corners = async (crop: string) => {
      const { data } = await sharp(path.join(home, crop, '02-garden.jpg'))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data.subarray(0, 3)].every((value) => value > 250);
    };
    expect(await corners('whole')).toBe(true); // 4:3 on white
    expect(await corners('subject')).toBe(false);
  });

  it.each([
    [['--gate', 'blury=off'], '--gate expects NAME=LEVEL, NAME one of too-small, duplicate'],
    [['--gate', 'blurred=maybe'], 'LEVEL one of reject, warn, off, received "blurred=maybe"'],
    [['--gate', 'blurred'], 'received "blurred"'],
    [['--crop', 'face'], 'Allowed choices are whole, subject'],
  ])('%s is refused with what is expected', async (args, words) => {
    await writePhotos(home, 'in', 1);
    const { code, stderr } = await runCli([
      'normalize',
      path.join(home, 'in'),
      '--out',
      path.join(home, 'out'),
      ...args,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('a folder called like a photo, an empty file, a link to nowhere are verdicts, and the others go on', async () => {
    await writePhotos(home, 'in', 1);
    mkdirSync(path.join(home, 'in/folder.jpg'));
    writeFileSync(path.join(home, 'in/empty.jpg'), '');
    symlinkSync('nowhere.jpg', path.join(home, 'in/gone.jpg'));
    const { code, stdout } = await normalize(path.join(home, 'in'), '--out', path.join(home, 'out'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/accepted {2}photo-01/);
    expect(stdout).toMatch(/rejected {2}empty.jpg +empty: /);
    expect(stdout).toMatch(/rejected {2}folder.jpg +unreadable: /);
    expect(stdout).toMatch(/rejected {2}gone.jpg +not-found: /);
  });
});

async function portraits(home: string, names: string[]): Promise<string> {
  const folder = path.join(home, 'portraits');
  mkdirSync(folder);
  for (const { name, bytes } of await drawPortraits())
    if (names.includes(name)) writeFileSync(path.join(folder, name), bytes);
  return folder;
}
