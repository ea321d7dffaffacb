import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config';
import { errorMessage } from '../error-facts';
import { selfCheckProof } from '../webhooks/attempt-address';
import { sameText } from '../webhooks/keyed-hash';
import { bad, good, note, type Finding } from './finding';

const answerSchema = z.object({ proof: z.string() });
const LIMIT_MS = 10_000;

/** Asks for ourselves by the address that providers are given: does it lead to a gateway that has our secrets? */
export async function checkWebhooks({ webhooks: { publicUrl, secrets } }: Config): Promise<Finding> {
  if (publicUrl === null)
    return note('no webhooks: set DARKROOM_PUBLIC_URL and run darkroom gateway, and ends are noticed sooner');
  const nonce = randomBytes(16).toString('hex');
  const remedy = 'check DARKROOM_PUBLIC_URL, the proxy before it, and that darkroom gateway runs';
  try {
    const answer = await fetch(`${publicUrl}/webhooks/self-check/${nonce}`, {
      signal: AbortSignal.timeout(LIMIT_MS),
      redirect: 'error',
    });
    const { data } = answerSchema.safeParse(await answer.json().catch(() => null));
    if (data === undefined)
      return bad(`webhooks: ${publicUrl} does not lead to a gateway (HTTP ${answer.status}); ${remedy}`);
    if (!secrets.some((secret) => sameText(data.proof, selfCheckProof(nonce, secret))))
      return bad(
        `webhooks: the gateway at ${publicUrl} has other secrets; set the same DARKROOM_WEBHOOK_SECRETS for both`,
      );
    return good(`webhooks: deliveries to ${publicUrl} reach a gateway with our secrets`);
  } catch (error) {
    return bad(`webhooks: ${publicUrl} does not answer (${errorMessage(error)}); ${remedy}`);
  }
}
