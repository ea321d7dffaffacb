import { mkdtempSync, mkdirSync, readFileSync, readdirSync, writeFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { photo, writePhotos } from '../support/photos';
import { runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';

describe('darkroom normalize', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(testFolder(), 'normalize-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('writes 640×640 JPEGs, verdicts.json and a contact sheet, and needs no Temporal', async () => {
    await writePhotos(home, 'in', 3);
    writeFileSync(path.join(home, 'in/text.jpg'), 'no picture');
    writeFileSync(
      path.join(home, 'in/photo-01.png'),
      await sharp(await photo(5))
        .png()
        .toBuffer(),
    );
    const out = path.join(home, 'out');
    const { code } = await runCli(['normalize', path.join(home, 'in'), '--out', out]);

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
    expect(readdirSync(out)).toContain('contact-sheet.jpg');
  });

  it('gives the same bytes when it is run again', async () => {
    await writePhotos(home, 'in', 2);
    const outs = ['a', 'b'].map((name) => path.join(home, name));
    for (const out of outs) await runCli(['normalize', path.join(home, 'in'), '--out', out]);
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

  it('takes a photo that is named twice once, and prints no control characters of a name', async () => {
    const [, second = ''] = await writePhotos(home, 'in', 2);
    const odd = path.join(home, 'in/odd\u001b[31m.jpg');
    writeFileSync(odd, 'no picture');
    const folder = path.join(home, 'in');
    const named = path.join(home, second.replace('file:', ''));
    const { stdout } = await runCli(['normalize', folder, named, '--out', path.join(home, 'out')]);
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
});
