import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawPortraits } from '../../src/demo-portraits';
import { startDev, type DevProcess } from '../support/dev-process';
import { runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';

const README = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
const COMMANDS = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? '').trim().split('\n'),
);

/** `NAME=value npx darkroom a b` → variables and arguments. */
function parse(command: string): { env: Record<string, string>; args: string[] } {
  const words = (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const at = words.indexOf('darkroom');
  const env = Object.fromEntries(
    words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=') as [string, string]),
  );
  return { env, args: words.slice(at + 1) };
}

describe('every command of the README', () => {
  let home: string;
  let dev: DevProcess | null = null;
  beforeAll(async () => {
    home = mkdtempSync(path.join(testFolder(), 'readme-'));
    mkdirSync(path.join(home, 'photos'));
    for (const { name, bytes } of await drawPortraits())
      writeFileSync(path.join(home, 'photos', name), bytes);
  });
  afterAll(async () => {
    await dev?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is one that this test runs', () => {
    expect(COMMANDS).toEqual([
      'npm ci', // what installed this very run
      'npm run demo',
      'npx darkroom dev',
      'npx darkroom train s-1017 ./photos --gender female --ethnicity white',
      'npx darkroom list',
      'npx darkroom doctor',
      'npx darkroom normalize ./photos --out ./normalized',
      'APIFRAME_BASE_URL=https://api.apiframe.pro APIFRAME_API_KEY=… npx darkroom dev',
      'npx darkroom batch check people.csv',
      'npx darkroom batch run people.csv --id november --budget 500',
      'npx darkroom batch report november --out report.html',
      'npx darkroom schedule create nightly --manifest people.csv --cron "0 4 * * *" --budget 500',
      'npx darkroom schedule show nightly',
      'curl -F p=@1.jpg -F p=@2.jpg http://127.0.0.1:4020/v1/photo-sets',
      "curl -H 'Idempotency-Key: order-4711' --json @request.json http://127.0.0.1:4020/v1/trainings",
    ]);
  });

  it('npm run demo: ends with ids, credits, a verdict on each photo, the report and the link', async () => {
    const startedMs = Date.now();
    const { code, stdout } = await runCli(['demo', '--home', path.join(home, 'demo')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/training {6}[0-9a-f-]{36}/);
    expect(stdout).toContain('trigger word  TOKIKD');
    expect(stdout).toContain('credits       50 spent');
    expect([...stdout.matchAll(/^ {2}(accepted|warned|rejected) /gm)]).toHaveLength(14);
    expect(stdout).toMatch(/rejected {2}13-mirrored\.jpg\s+near-duplicate: .*\(02-garden\.jpg\)/);
    expect(stdout).toContain('saved         4 credits');
    expect(stdout).toMatch(/rejected {2}14-cut-off\.jpg\s+damaged: /);
    expect(stdout).toMatch(/this run {6}http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/demo-/);
    const report = readFileSync(/report {8}(\S+)/.exec(stdout)?.[1] ?? '', 'utf8');
    expect(report).toContain('14 photos: 12 accepted, 0 warned, 2 rejected');
    expect(report).toContain('13-mirrored.jpg');
    expect(Date.now() - startedMs).toBeLessThan(60_000);
  });

  it('npx darkroom dev, train, list, doctor, normalize', async () => {
    dev = await startDev(path.join(home, '.darkroom'), {}, ['--train-time', '1s']);
    for (const command of COMMANDS.filter((line) =>
      /^npx darkroom (train|list|doctor|normalize)/.test(line),
    )) {
      const { env, args } = parse(command);
      const { code, stdout, stderr } = await runCli(args, { env, cwd: home });
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
      expect(stdout).not.toBe('');
    }
  });

  it('the tour: check, run, report, and a schedule for the night', async () => {
    const [, manifest = ''] = /```csv\n([\s\S]*?)```/.exec(README) ?? [];
    writeFileSync(path.join(home, 'people.csv'), manifest);
    for (const subject of ['s-1017', 's-1018'])
      cpSync(path.join(home, 'photos'), path.join(home, 'people', subject), { recursive: true });
    const said: string[] = [];
    for (const command of COMMANDS.filter((line) => /^npx darkroom (batch|schedule) /.test(line))) {
      const { env, args } = parse(command);
      const { code, stdout, stderr } = await runCli(args, { env, cwd: home });
      expect({ command, code, stderr: stderr.replaceAll(/^.*(photos|rows).*\n/gm, '') }).toEqual({
        command,
        code: 0,
        stderr: '',
      });
      said.push(stdout);
    }
    const [checked = '', ran = '', , scheduled = '', shown = ''] = said;
    expect(checked).toContain('credits');
    expect(ran).toContain('2 succeeded');
    expect(readFileSync(path.join(home, 'report.html'), 'utf8')).toContain('c-8');
    expect(scheduled).toContain('nightly');
    expect(shown).toContain('500 credits at most');
  });

  it('curl, while dev runs', async () => {
    const gateway = /gateway (http:\S+)/.exec(dev?.readyLine ?? '')?.[1] ?? '';
    const [hand = '', start = ''] = COMMANDS.filter((line) => line.startsWith('curl '));
    const run = (command: string) =>
      JSON.parse(
        execFileSync('sh', ['-c', command.replace('http://127.0.0.1:4020', gateway)], {
          cwd: home,
          stdio: ['ignore', 'pipe', 'ignore'],
        }).toString(),
      ) as Record<string, unknown>;
    for (const [n, { bytes }] of (await drawPortraits()).slice(0, 2).entries())
      writeFileSync(path.join(home, `${String(n + 1)}.jpg`), bytes);
    expect(run(hand)['photos']).toHaveLength(2);
    // Two are too few for a training, which would have ended before anybody could join it.
    const form = new FormData();
    for (const { name, bytes } of await drawPortraits())
      form.append('p', new Blob([new Uint8Array(bytes)]), name);
    const taken = await fetch(`${gateway}/v1/photo-sets`, { method: 'POST', body: form });
    const { photos } = (await taken.json()) as { photos: string[] };
    const options = { gender: 'female', ethnicity: 'white' };
    writeFileSync(
      path.join(home, 'request.json'),
      JSON.stringify({ subject: 's-1017', provider: 'apiframe', photos, options }),
    );
    expect(run(start)).toEqual({ id: 'order-4711', how: 'started' });
    expect(run(start)).toEqual({ id: 'order-4711', how: 'joined' });
  });

  it('dev with a provider named drives that provider', async () => {
    const { env } = parse(COMMANDS.find((line) => line.startsWith('APIFRAME_BASE_URL')) ?? '');
    const real = await startDev(path.join(home, 'real'), { ...env, APIFRAME_API_KEY: 'a-key-of-mine' });
    const { sandbox } = real.file;
    expect(await real.stop()).toBe(0);
    expect(sandbox).toBeNull();
  });
});
