import { execFileSync } from 'node:child_process';
import { MAIN, runCli } from '../support/run-cli';

const COMMANDS = [
  'demo',
  'dev',
  'worker',
  'sandbox',
  'train',
  'list',
  'show',
  'watch',
  'cancel',
  'normalize',
  'doctor',
];

describe('the command line', () => {
  it('lists every command', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('loads neither Temporal nor sharp nor zod to say so', () => {
    const script = `process.on('exit', () => console.log(Object.keys(require.cache).join('\\n')));
      process.argv = ['node', 'darkroom', '--help']; require(${JSON.stringify(MAIN)});`;
    const loaded = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(loaded).toContain('/commander/');
    expect(loaded).not.toMatch(/node_modules\/(@temporalio|sharp|zod|fastify|undici)\//);
  });

  it.each([
    [['trian'], /unknown command 'trian'[\s\S]*Did you mean train/],
    [
      ['train', 's-1', '.', '--gender', 'male', '--ethnicity', 'white', '--colour', 'red'],
      /unknown option '--colour'/,
    ],
    [['train', 's-1', '--gender', 'male', '--ethnicity', 'white'], /missing required argument 'photos'/],
    [['train', 's-1', '.'], /--provider apiframe needs --gender/],
    [['train', 's-1', '.', '--gender', 'x', '--ethnicity', 'white'], /Allowed choices are female, male/],
    [['list', '--state', 'running'], /Allowed choices are normalizing/],
    [['dev', '--port', 'high'], /--port expects a whole number from 0 to 65535, received "high"/],
    [['sandbox', '--fault', 'train'], /--fault expects ENDPOINT:KIND/],
    [['sandbox', '--train-time', 'long'], /--train-time expects a duration such as/],
  ])('%j is bad usage: exit code 2 and what to do', async (args, message) => {
    const { code, stderr } = await runCli(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('a worker without any provider does not start: it would fail the trainings that it takes', async () => {
    const { code, stderr } = await runCli(['worker', '--home', '/tmp/no-darkroom-here']);
    expect(stderr).toContain('This worker has no provider: set APIFRAME_API_KEY');
    expect(code).toBe(2);
  });

  it('a subject that is none is not taken for a missing search attribute', async () => {
    const { code, stderr } = await runCli(['list', '--subject', "a'b"]);
    expect(stderr).toContain('--subject expects a pseudonymous id');
    expect(code).toBe(2);
  });

  it('reports every wrong variable at once, without a stack', async () => {
    const env = {
      APIFRAME_BASE_URL: 'ftp://x',
      DARKROOM_POLL_FIRST: 'soon',
      APIFRAME_API_KEY: 'has a blank',
    };
    const { code, stderr } = await runCli(['worker'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('APIFRAME_BASE_URL: expected an http or https URL, received "ftp://x"');
    expect(stderr).toContain(
      'DARKROOM_POLL_FIRST: expected a duration such as 500ms, 15s, 5m or 6h, received "soon"',
    );
    expect(stderr).not.toContain('has a blank');
    expect(stderr).not.toContain(' at ');
  });
});
