import { attemptToken, deliverySecret } from '../../webhooks/attempt-address';

export interface Delivery {
  path: string;
  secret: string;
}

/** A third each: of as many trainings as a gateway can remember, of one training, and forged. */
export function deliveryOf(number: number, signedBy: string): Delivery {
  if (number % 3 === 2) return { path: `/webhooks/apiframe/guess${number}.guess`, secret: 'guess' };
  const id = number % 3 === 1 ? 'one-training' : `training-${number}`;
  const token = attemptToken({ provider: 'apiframe', id, attempt: 1 }, signedBy);
  return { path: `/webhooks/apiframe/${token}`, secret: deliverySecret(token, signedBy) };
}
