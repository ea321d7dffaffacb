import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRig, type Rig } from '../support/rig';
import { runCli } from '../support/run-cli';

describe('darkroom doctor', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await createRig();
  });
  afterEach(() => rig.close());

  it('finds a good set-up good, and spends nothing', async () => {
    const { code, stdout } = await runCli(['doctor', '--fix', '--home', rig.home], { env: rig.env });
    expect(stdout).toContain('accepts the key, 100000 credits left');
    expect(stdout).toContain('search attributes registered');
    expect(stdout).toContain('photos are decoded in processes of their own, HEIC too (libheif-js ');
    expect(stdout).toContain('faces are found, so the gates about them hold');
    expect(code).toBe(0);
    expect((await rig.ledger()).credits.spent).toBe(0);
  });

  it('says what is wrong with a key, without showing it', async () => {
    const env = { ...rig.env, APIFRAME_API_KEY: 'a-wrong-key' };
    const { code, stdout, stderr } = await runCli(['doctor', '--home', rig.home], { env });
    expect(stdout).toContain('APIFRAME rejected the key');
    expect(stdout + stderr).not.toContain('a-wrong-key');
    expect(code).toBe(2);
  });

  it('tries TryItOn, or lists what of it is missing and where to get it', async () => {
    const whole = await runCli(['doctor', '--fix', '--home', rig.home], { env: rig.env });
    expect(whole.stdout).toContain('TryItOn at');
    expect(whole.stdout).toContain('accepts the key, 5 models, 5 unused');
    const part = { ...rig.env, TRYITON_RESULTS_PATH: '', TRYITON_BODY_FIELD: '' };
    const lacking = await runCli(['doctor', '--home', rig.home], { env: part });
    expect(lacking.stdout).toContain(
      'TryItOn lacks TRYITON_BODY_FIELD, TRYITON_RESULTS_PATH; the key is made in',
    );
    expect(lacking.code).toBe(2);
    const none = Object.fromEntries(Object.entries(rig.env).filter(([name]) => !name.startsWith('TRYITON_')));
    const without = await runCli(['doctor', '--home', rig.home], { env: none });
    expect(without.stdout).toContain('TryItOn is not configured');
    expect(without.code).toBe(0);
  });

  it('tries whether the store creates exclusively', async () => {
    const { stdout } = await runCli(['doctor', '--fix', '--home', rig.home], { env: rig.env });
    expect(stdout).toContain('store creates exclusively, so no submission can be made twice');
  });

  it('names a store that cannot be written', async () => {
    writeFileSync(path.join(rig.home, 'store'), 'a file in the way');
    const { code, stdout } = await runCli(['doctor', '--home', rig.home], { env: rig.env });
    expect(stdout).toContain(`The store ${path.join(rig.home, 'store')} cannot be used`);
    expect(code).toBe(2);
  });

  it('exit 3 when Temporal is away, with the rest still checked', async () => {
    const env = { ...rig.env, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const { code, stdout } = await runCli(['doctor', '--home', rig.home], { env });
    expect(stdout).toContain('Temporal at 127.0.0.1:1 does not answer');
    expect(stdout).toContain('accepts the key');
    expect(code).toBe(3);
  });
});
