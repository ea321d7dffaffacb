import type { AttemptAt } from '../webhooks/attempt-address';
import { BoundedMap } from './bounded-map';
import type { Delivery } from './delivery';
import type { Heard, TrainingSignals } from './training-signals';
import { afterSignal, isGone, isWorthASignal, NOTHING_TOLD, type Told } from './worth-a-signal';

/** `busy`: more deliveries wait for Temporal than this process should hold. */
export type Taken = Heard | 'busy';

/** Some 200 bytes each. One that is forgotten costs a signal more. */
const REMEMBERED = 20_000;
/** A Temporal that hangs for 4 s must not make us hold thousands of requests. */
const MAX_IN_FLIGHT = 200;

/**
 * Lets Temporal hear of what is worth it: a flood of deliveries for one training costs few signals. Deliveries that come while a signal for
 * the same attempt is on its way share its fate, and are judged by themselves where it came to nothing.
 */
export function coalescing(signals: Pick<TrainingSignals, 'send'>) {
  const told = new BoundedMap<string, Told>(REMEMBERED);
  const inFlight = new Map<string, Promise<Heard>>();

  return async function take(token: string, { id, attempt }: AttemptAt, delivery: Delivery): Promise<Taken> {
    for (;;) {
      const known = told.get(token) ?? NOTHING_TOLD;
      if (isGone(known, Date.now())) return 'gone';
      if (!isWorthASignal(known, delivery, Date.now())) return 'heard';
      const other = inFlight.get(token);
      if (other === undefined) break;
      if ((await other) !== 'heard') return other;
    }
    if (inFlight.size >= MAX_IN_FLIGHT) return 'busy';
    const { trainingId } = delivery;
    const sending = signals.send(id, trainingId === null ? null : { attempt, token, trainingId });
    inFlight.set(token, sending);
    try {
      const heard = await sending;
      if (heard === 'heard')
        told.set(token, afterSignal(told.get(token) ?? NOTHING_TOLD, delivery, Date.now()));
      if (heard === 'gone') told.set(token, { ...NOTHING_TOLD, goneAtMs: Date.now() });
      return heard;
    } finally {
      inFlight.delete(token);
    }
  };
}
