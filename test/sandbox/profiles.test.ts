import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROFILES } from '../../src/sandbox/profiles';
import { readyProfile } from '../../src/sandbox/fault-profile';
import { startSandbox } from '../../src/sandbox/server';
import { runCli } from '../support/run-cli';
import { call } from './client';

describe('a ready profile', () => {
  it.each(Object.keys(PROFILES))('%s is read as a file would be', (name) => {
    const profile = readyProfile(name);
    expect((profile?.faults.length ?? 0) + (profile?.random.length ?? 0)).toBeGreaterThan(0);
  });

  it('is what the sandbox then does', async () => {
    const sandbox = await startSandbox({ profile: readyProfile('overloaded') });
    try {
      const answer = await call(sandbox, '/ai-photo-train', { training_images_id: 'any' });
      expect(answer).toMatchObject({ status: 429 });
    } finally {
      await sandbox.close();
    }
  });

  it('none has another name', () => {
    expect(readyProfile('toString')).toBeNull();
  });
});

describe('darkroom sandbox --faults', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'darkroom-profiles-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['nowhere.json', null, /expects lost-answers, .* or a file, and ".*nowhere.json" is neither \(ENOENT\)/],
    ['text.json', 'not json', /text.json: is not JSON/],
    ['odd.json', '{"faults": [{"endpoint": "train", "kind": "explode"}]}', /odd.json: .*kind/],
    ['more.json', '{"fault": []}', /more.json: .*fault/],
  ])('%s: one sentence, exit code 2', async (name, content, sentence) => {
    const file = path.join(folder, name);
    if (content !== null) writeFileSync(file, content);
    const { code, stderr } = await runCli(['sandbox', '--port', '0', '--faults', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('dev takes the same, and refuses the same', async () => {
    const { code, stderr } = await runCli(['dev', '--home', folder, '--faults', 'no-such-profile']);
    expect(code).toBe(2);
    expect(stderr).toContain('--faults expects lost-answers');
  });

  it('its help names every kind and every profile', async () => {
    const { stdout } = await runCli(['sandbox', '--help']);
    for (const name of [...Object.keys(PROFILES), 'cut-answer', 'forgotten']) expect(stdout).toContain(name);
  });
});
