import { randomBytes } from 'node:crypto';
import type { TrainRequest } from '../contract/request';
import type { Intent } from '../submissions/entries';
import type { AttemptRef } from '../submissions/journal';
import { requestFingerprint } from '../training-id';

export interface IntentFacts {
  request: TrainRequest;
  account: string;
  photoSet: string | null;
  expectedCredits: number;
  creditsBefore: number | null;
  call: string | null;
  overAtMs: number;
  webhookUrl: string | null;
}

/** The record that is written before the call. */
export function attemptIntent({ id, attempt }: AttemptRef, facts: IntentFacts): Intent {
  const { request, webhookUrl, ...rest } = facts;
  return {
    kind: 'intent',
    id,
    attempt,
    provider: request.provider,
    requestHash: requestFingerprint(request),
    token: unguessable(),
    webhookSecret: webhookUrl === null ? null : unguessable(),
    atMs: Date.now(),
    ...rest,
  };
}

/** An address that nobody but the provider learns: a delivery on it is about this attempt. */
export function webhookOf(
  { id, attempt, provider, token, webhookSecret }: Intent,
  baseUrl: string | null,
): { url: string; secret: string } | null {
  if (baseUrl === null || webhookSecret === null) return null;
  const path = [provider, id, String(attempt), token].map(encodeURIComponent).join('/');
  return { url: `${baseUrl}/webhooks/${path}`, secret: webhookSecret };
}

function unguessable(): string {
  return randomBytes(24).toString('base64url');
}
