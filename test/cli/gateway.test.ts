import { deliver, SECRET } from '../gateway/deliver';
import { spawnGateway } from '../support/gateway-process';
import { runCli } from '../support/run-cli';

test('needs a secret or keys where it is reached from elsewhere, and says how to make one', async () => {
  const { code, stderr } = await runCli(['gateway', '--port', '0', '--host', '0.0.0.0'], {
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'Nothing to do: no HTTP API: 0.0.0.0 is reached from elsewhere, so it needs keys (DARKROOM_API_KEYS_FILE), and no deliveries are taken without DARKROOM_WEBHOOK_SECRETS, the same as the workers have (openssl rand -hex 32 makes one)',
    ) as string,
  });
});

test('takes deliveries until it is told to stop, and never writes their addresses or secrets', async () => {
  const gateway = await spawnGateway(SECRET);
  const { url } = gateway;
  expect((await deliver(url, { id: 'no-such-training', attempt: 1 })).status).toBe(410);
  expect((await deliver(url, { id: 'no-such-training', attempt: 1 }, { secret: 'guess-1' })).status).toBe(
    401,
  );
  expect((await deliver(url, { id: 'x', attempt: 1 }, { token: 'guess-2.guess-3' })).status).toBe(404);
  expect(await gateway.stop()).toBe(0);
  const output = gateway.log();
  expect(output).toContain(
    '"provider":"apiframe","id":"no-such-training","attempt":1,"taken":"gone","message":"delivery"',
  );
  expect(output).toContain(
    '"secret missing or wrong":1,"address not signed by us":1,"message":"deliveries refused"',
  );
  for (const hidden of [SECRET, 'guess', '/webhooks/']) expect(output).not.toContain(hidden);
});
