import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { deliver, SECRET } from '../gateway/deliver';
import { runCli } from '../support/run-cli';
import { testAccess } from '../support/test-server';

const MAIN = path.join(__dirname, '../../dist/cli/main.js');

test('needs a secret, and says how to make one', async () => {
  const { code, stderr } = await runCli(['gateway', '--port', '0'], {
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'A gateway needs DARKROOM_WEBHOOK_SECRETS, the same as the workers have; openssl rand -hex 32 makes one',
    ) as string,
  });
});

test('takes deliveries until it is told to stop, and never writes their addresses or secrets', async () => {
  const { connectionOptions, namespace } = testAccess();
  const child = spawn(process.execPath, [MAIN, 'gateway', '--port', '0'], {
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: connectionOptions.address,
      TEMPORAL_NAMESPACE: namespace,
      DARKROOM_WEBHOOK_SECRETS: SECRET,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /Gateway ready: (http:\/\/127\.0\.0\.1:\d+) /.exec(ready.toString())?.[1] ?? '';
  expect((await deliver(url, { id: 'no-such-training', attempt: 1 })).status).toBe(410);
  expect((await deliver(url, { id: 'no-such-training', attempt: 1 }, { secret: 'guess-1' })).status).toBe(
    401,
  );
  expect((await deliver(url, { id: 'x', attempt: 1 }, { token: 'guess-2.guess-3' })).status).toBe(404);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(output).toContain(
    '"message":"delivery","provider":"apiframe","id":"no-such-training","attempt":1,"taken":"gone"',
  );
  expect(output).toContain('"deliveries refused","secret missing or wrong":1,"address not signed by us":1');
  for (const hidden of [SECRET, 'guess', '/webhooks/']) expect(output).not.toContain(hidden);
});
