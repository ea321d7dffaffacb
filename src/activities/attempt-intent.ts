import { randomBytes } from 'node:crypto';
import type { TrainRequest } from '../contract/request';
import type { Intent } from '../submissions/entries';
import type { AttemptRef } from '../submissions/journal';
import { requestFingerprint } from '../training-id';
import { attemptToken, deliverySecret } from '../webhooks/attempt-address';
import type { WebhookSettings } from './ports';

export interface IntentFacts {
  request: TrainRequest;
  account: string;
  photoSet: string | null;
  expectedCredits: number;
  creditsBefore: number | null;
  call: string | null;
  overAtMs: number;
  webhooks: WebhookSettings;
}

/** The record that is written before the call. */
export function attemptIntent({ id, attempt }: AttemptRef, facts: IntentFacts): Intent {
  const { request, webhooks, ...rest } = facts;
  const { provider } = request;
  const [signing] = webhooks.secrets;
  const token = signing === undefined ? null : attemptToken({ provider, id, attempt }, signing);
  const isAsked = webhooks.publicUrl !== null && signing !== undefined && token !== null;
  return {
    kind: 'intent',
    id,
    attempt,
    provider,
    requestHash: requestFingerprint(request),
    // Where no delivery is asked for, none that comes may pass for one.
    token: token ?? randomBytes(24).toString('base64url'),
    webhookSecret: isAsked ? deliverySecret(token, signing) : null,
    atMs: Date.now(),
    ...rest,
  };
}

/** An address that nobody but the provider learns: a delivery on it is about this attempt. */
export function webhookOf(
  { provider, token, webhookSecret }: Intent,
  publicUrl: string | null,
): { url: string; secret: string } | null {
  if (publicUrl === null || webhookSecret === null) return null;
  return { url: `${publicUrl}/webhooks/${provider}/${token}`, secret: webhookSecret };
}
