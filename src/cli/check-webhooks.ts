import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config';
import { errorMessage } from '../error-facts';
import { selfCheckProof } from '../webhooks/attempt-address';
import { sameText } from '../webhooks/keyed-hash';
import { bad, good, note, type Finding } from './finding';

const answerSchema = z.object({ proofs: z.array(z.string()) });
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
    const isKnown = (secret: string) =>
      data.proofs.some((proof) => sameText(proof, selfCheckProof(nonce, secret)));
    const [signing = '', ...older] = secrets;
    if (!isKnown(signing))
      return bad(
        `webhooks: the gateway at ${publicUrl} does not know the first of our secrets, which signs; give it the same DARKROOM_WEBHOOK_SECRETS, gateways first`,
      );
    if (!older.every(isKnown))
      return note(
        `webhooks: the gateway at ${publicUrl} does not know all of our older secrets; deliveries of trainings begun with them are refused`,
      );
    return good(`webhooks: deliveries to ${publicUrl} reach a gateway with our secrets`);
  } catch (error) {
    return bad(`webhooks: ${publicUrl} does not answer (${errorMessage(error)}); ${remedy}`);
  }
}
