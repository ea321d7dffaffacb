import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addFault } from '../support/ledger';
import { writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

const PERSON = ['--gender', 'female', '--ethnicity', 'white'];
/** The same photos each time, trained again on purpose. */
let generation = 1;
const again = () => ['--generation', String((generation += 1))];

describe('darkroom train', () => {
  let rig: Rig;
  let folder: string;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
    await writePhotos(rig.home, 'given', 11);
    folder = path.join(rig.home, 'given');
    writeFileSync(path.join(folder, 'ann-example.jpg'), 'not a picture');
    writeFileSync(path.join(folder, '.DS_Store'), 'hidden');
  });
  afterAll(() => rig.close());

  let number = 0;
  const train = async (args: string[], photos = [folder]) => {
    const id = `cli-${String(Date.now())}-${String((number += 1))}`;
    const run = await runCli(
      ['train', 's-1017', ...photos, ...PERSON, ...again(), '--id', id, '--home', rig.home, ...args],
      { env: { ...rig.env, CI: 'true' } },
    );
    return { ...run, id };
  };

  it('ends with one JSON object that says everything, under the names that the user knows', async () => {
    const { code, stdout, id } = await train(['--json']);
    rig.remember(id);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    const [submission] = (await rig.ledger()).submissions.slice(-1);
    expect(result).toMatchObject({
      id,
      state: 'succeeded',
      provider: 'apiframe',
      trainingId: submission?.taskId,
      triggerWord: 'TOKIKD',
      credits: { reserved: 0, spent: 2 + 11 * 4 },
    });
    const photos = result['photos'] as {
      photo: string;
      verdict: string;
      reasons: string[];
      output: string | null;
    }[];
    expect(photos).toHaveLength(12);
    expect(photos[0]).toEqual({
      photo: 'ann-example.jpg',
      verdict: 'rejected',
      reasons: ['not-an-image'],
      output: null,
    });
    expect(photos[1]).toMatchObject({ photo: 'photo-01.jpg', verdict: 'accepted', reasons: [] });
    expect(photos[1]?.output).toMatch(/^normalized\/.+\.jpg$/);
  });

  it('prints plain lines without control codes where there is no terminal', async () => {
    const { code, stdout, id } = await train(['--trigger-word', 'ANNTOK', '--max-photos', '10']);
    rig.remember(id);
    expect(code).toBe(0);

    expect(stdout).not.toMatch(/\x1b/);
    expect(stdout).toContain(`Started ${id}`);
    expect(stdout).toContain('Trained.');
    expect(stdout).toContain('trigger word  ANNTOK');
    expect(stdout).toContain('credits       42 spent');
    expect(stdout).toMatch(/rejected\s+photo-11\.jpg\s+over-max-photos/);
  });

  it('keeps the names of files out of everything that Temporal stores', async () => {
    const { id } = await train(['--json']);
    rig.remember(id);
    const handle = rig.client.workflow.getHandle(id);
    const description = await handle.describe();
    const stored = JSON.stringify([await handle.fetchHistory(), description.raw]);
    const decoded = stored.replace(/"([A-Za-z0-9+/]{16,}={0,2})"/g, (_, text: string) =>
      Buffer.from(text, 'base64').toString(),
    );
    expect(decoded).toContain('s-1017'); // the search does look into payloads
    expect(decoded).not.toContain('ann-example');
    expect(decoded).not.toContain('photo-01');
  });

  it('starting the same twice joins', async () => {
    const args = ['train', 's-2', folder, ...PERSON, '--home', rig.home];
    const first = await runCli(args, { env: rig.env });
    const id = /Started (\S+)/.exec(first.stdout)?.[1] ?? '';
    rig.remember(id);
    const second = await runCli(args, { env: rig.env });
    expect(second.stdout).toContain(`Joined ${id}`);
    expect(second.code).toBe(0);
  });

  it('trains at TryItOn, warns about customizations, and names the images', async () => {
    const id = `cli-tryiton-${String(Date.now())}`;
    rig.remember(id);
    const { code, stdout, stderr } = await runCli(
      [
        ...[
          'train',
          's-3',
          folder,
          '--provider',
          'tryiton',
          '--model-id',
          '105',
          '--body',
          'woman',
          '--id',
          id,
        ],
        ...['--style', 'studio', '--customization', 'brown eyes', '--customization', 'no glasses'],
        ...['--home', rig.home, '--json'],
      ],
      { env: rig.env },
    );
    expect(stderr).toContain('"no glasses" says what is not there');
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { trainingId: string; results: string[] };
    expect(result.trainingId).toBe('105');
    expect(result.results).toHaveLength(2);
    const shown = await runCli(['show', id, '--home', rig.home], { env: rig.env });
    expect(shown.stdout).toContain('2 images');
  });

  it('exit 2 with the user’s own file names when too few are good', async () => {
    const { code, stdout, id } = await train(
      [],
      [path.join(folder, 'photo-01.jpg'), path.join(folder, 'ann-example.jpg')],
    );
    rig.remember(id);
    expect(code).toBe(2);
    expect(stdout).toContain('1 of 2 are good, so add 9 more; rejected: ann-example.jpg (not-an-image)');
  });

  it('exit 1 with the provider’s own words when it refuses', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    const { code, stdout, id } = await train([]);
    rig.remember(id);
    expect(code).toBe(1);
    expect(stdout).toContain('Invalid request, as scripted');
  });

  it('exit 4 with an explanation when the outcome is unknown', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'error-after' });
    const { code, stdout, id } = await train(['--json']);
    rig.remember(id);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'needs-decision',
      charge: 'unknown',
      credits: { reserved: 44 },
    });
    const shown = await runCli(['show', id, '--home', rig.home], { env: rig.env });
    expect(shown.stdout).toContain('nothing is sent again');
    const listed = await runCli(['list', '--state', 'needs-decision', '--home', rig.home], { env: rig.env });
    expect(listed.stdout).toContain(id);
  });

  it.each([
    [
      'no such folder',
      () => ['/no/such/folder'],
      [],
      /There is no file or folder \/no\/such\/folder that can be read \(ENOENT\)/,
    ],
    ['an empty folder', () => [path.join(rig.home, 'empty')], [], /The folder .*empty holds no photos/],
    [
      'a deadline in words',
      () => [folder],
      ['--deadline', 'tomorrow'],
      /--deadline expects a duration such as 30s, 15m or 6h/,
    ],
    [
      'no photos wanted',
      () => [folder],
      ['--max-photos', '0'],
      /--max-photos expects a whole number from 1 to 100/,
    ],
    ['an age in words', () => [folder], ['--age', 'old'], /--age expects a whole number/],
    [
      'a gate that is none',
      () => [folder],
      ['--gate', 'blury=off'],
      /--gate expects NAME=LEVEL, NAME one of too-small, .* received "blury=off"/,
    ],
    ['a crop that is none', () => [folder], ['--crop', 'face'], /Allowed choices are whole, subject/],
    ['an id with a slash', () => [folder], ['--id', 'a/b'], /--id expects 1 to 200 letters/],
    [
      'a trigger word with a blank',
      () => [folder],
      ['--trigger-word', 'two words'],
      /options\.triggerWord: must be 1 to 40/,
    ],
  ])('%s: one sentence, exit 2, nothing started', async (_name, photos, args, message) => {
    mkdirSync(path.join(rig.home, 'empty'), { recursive: true });
    const before = (await rig.ledger()).credits.spent;
    const { code, stderr, stdout } = await train(args, photos());
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect((await rig.ledger()).credits.spent).toBe(before);
  });

  it('a name of a person is not taken as subject', async () => {
    const { code, stderr } = await runCli(['train', 'Ann Example', folder, ...PERSON, '--home', rig.home], {
      env: rig.env,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('subject: must be a pseudonymous id');
  });

  it('exit 3 when no server can be reached', async () => {
    const noServer = await runCli([
      'train',
      's-1',
      folder,
      ...PERSON,
      '--home',
      path.join(rig.home, 'nowhere'),
    ]);
    expect(noServer).toMatchObject({ code: 3 });
    expect(noServer.stderr).toContain('start one with darkroom dev, or set TEMPORAL_ADDRESS');
    const dead = await runCli(['list'], { env: { ...rig.env, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    expect(dead.code).toBe(3);
    expect(dead.stderr).toContain('No Temporal server answers at 127.0.0.1:1');
  });
});
