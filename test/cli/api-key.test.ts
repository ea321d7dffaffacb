import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyPresented, type ApiKey } from '../../src/gateway/api/api-key';
import { runCli } from '../support/run-cli';
import { testFolder } from '../support/test-server';

const file = path.join(mkdtempSync(path.join(testFolder(), 'keys-')), 'keys.json');

test('a key is shown once, and its hash is kept where only its owner can read', async () => {
  const first = await runCli(['api-key', 'shop', '--scopes', 'start,read', '--file', file]);
  const second = await runCli(['api-key', 'shop', '--scopes', 'read'], {
    env: { DARKROOM_API_KEYS_FILE: file },
  });
  const kept = JSON.parse(readFileSync(file, 'utf8')) as ApiKey[];
  expect(kept.map(({ name, scopes }) => ({ name, scopes }))).toEqual([
    { name: 'shop', scopes: ['start', 'read'] },
    { name: 'shop', scopes: ['read'] },
  ]);
  expect(statSync(file).mode & 0o077).toBe(0);
  for (const [n, { stdout }] of [first, second].entries()) {
    expect(keyPresented(kept, stdout.trim())).toBe(kept[n]);
    expect(readFileSync(file, 'utf8')).not.toContain(stdout.trim());
  }
});

test('what is wrong with a scope, or with the file, is named', async () => {
  expect(await runCli(['api-key', 'shop', '--scopes', 'everything', '--file', file])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      '--scopes expects some of start, read, decide, received "everything"',
    ) as string,
  });
  expect(await runCli(['api-key', 'shop'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Where are API keys kept?') as string,
  });
  const broken = path.join(path.dirname(file), 'broken.json');
  writeFileSync(broken, '[{"name":"a","sha256":"short","scopes":["start"]}]');
  const gateway = await runCli(['gateway', '--port', '0'], { env: { DARKROOM_API_KEYS_FILE: broken } });
  expect(gateway).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('0.sha256: must be 64 hexadecimal digits') as string,
  });
});
