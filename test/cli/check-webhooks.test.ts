import { checkWebhooks } from '../../src/cli/check-webhooks';
import { startDeliveriesOnly } from '../support/deliveries-only';
import { startSandbox } from '../../src/sandbox/server';
import { accessTo } from '../../src/temporal-connection';
import { freePort } from '../../src/temporal-server';
import { configOf } from '../config/environment';

const SECRET = 'k'.repeat(32);
const finding = (publicUrl: string, secrets: string) =>
  checkWebhooks(configOf({ DARKROOM_PUBLIC_URL: publicUrl, DARKROOM_WEBHOOK_SECRETS: secrets }));

test('doctor finds out whether deliveries would reach us, and why not', async () => {
  const sandbox = await startSandbox();
  // The proof needs no Temporal: what is checked is the way from outside.
  const access = accessTo(`127.0.0.1:${String(await freePort())}`);
  const gateway = await startDeliveriesOnly({ access });
  try {
    expect(await finding(gateway.url, SECRET)).toEqual({
      is: 'good',
      text: `webhooks: deliveries to ${gateway.url} reach a gateway with our secrets`,
    });
    // Workers that sign with a secret that the gateway does not know: every delivery would be refused.
    const next = 'n'.repeat(32);
    expect((await finding(gateway.url, `${next},${SECRET}`)).text).toContain(
      'does not know the first of our secrets, which signs',
    );
    expect(await finding(gateway.url, `${SECRET},${next}`)).toMatchObject({ is: 'note' });
    const rotated = await startDeliveriesOnly({ access, secrets: [next, SECRET] });
    expect(await finding(rotated.url, SECRET)).toMatchObject({ is: 'good' });
    await rotated.close();
    expect((await finding(sandbox.url, SECRET)).text).toMatch(
      /does not lead to a gateway \(HTTP 404\); check DARKROOM_PUBLIC_URL/,
    );
    const nobody = `http://127.0.0.1:${String(await freePort())}`;
    expect((await finding(nobody, SECRET)).text).toContain(`${nobody} does not answer`);
    expect((await checkWebhooks(configOf())).is).toBe('note');
  } finally {
    await gateway.close();
    await sandbox.close();
  }
});
