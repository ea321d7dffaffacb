import { attemptToken, deliverySecret } from '../../webhooks/attempt-address';

export interface Delivery {
  path: string;
  secret: string;
}

/** Trainings that Temporal has, `known-0` among them, which a third of all deliveries is for. */
export const KNOWN = 300;

/** A third each: of one training, forged, and of others, half of which Temporal has never heard of. */
export function deliveryOf(number: number, signedBy: string): Delivery {
  if (number % 3 === 2) return { path: `/webhooks/apiframe/guess${number}.guess`, secret: 'guess' };
  const token = attemptToken({ provider: 'apiframe', id: idOf(number), attempt: 1 }, signedBy);
  return { path: `/webhooks/apiframe/${token}`, secret: deliverySecret(token, signedBy) };
}

function idOf(number: number): string {
  if (number % 3 === 1) return 'known-0';
  return number % 2 === 0 ? `known-${number % KNOWN}` : `unknown-${number}`;
}
