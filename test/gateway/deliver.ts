import { attemptToken, deliverySecret, type AttemptAt } from '../../src/webhooks/attempt-address';

export const SECRET = 'k'.repeat(32);

/** A delivery as APIFRAME makes it. Anything about it can be changed. */
export function deliver(
  gatewayUrl: string,
  at: Omit<AttemptAt, 'provider'>,
  changes: { body?: unknown; secret?: string; token?: string; provider?: string; signedBy?: string } = {},
): Promise<Response> {
  const { signedBy = SECRET, provider = 'apiframe' } = changes;
  const token = changes.token ?? attemptToken({ provider: 'apiframe', ...at }, signedBy);
  const { body = { task_id: 'task', status: 'processing', percentage: '1' } } = changes;
  return fetch(`${gatewayUrl}/webhooks/${provider}/${token}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-webhook-secret': changes.secret ?? deliverySecret(token, signedBy),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
