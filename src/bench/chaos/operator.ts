import { setTimeout as delay } from 'node:timers/promises';
import type { Darkroom, TrainStatus } from '../../client';
import { isEndState } from '../../contract/state';
import type { Asked } from './asked';
import { booksOf, readLedger } from './books';
import type { Random } from './random';

/** When nothing has moved for this long, something runs for ever. */
const STUCK_MS = 180_000;

/**
 * Waits until every training has ended, and decides like a person where one asks: adopts what the account at the provider
 * shows, else pays again or gives up.
 */
export async function settleAll(
  darkroom: Darkroom,
  asked: readonly Asked[],
  { sandboxUrl, random }: { sandboxUrl: string; random: Random },
): Promise<Map<string, TrainStatus>> {
  const ends = new Map<string, TrainStatus>();
  let movedMs = Date.now();
  while (ends.size < asked.length && Date.now() - movedMs < STUCK_MS) {
    for (const one of asked.filter(({ id }) => !ends.has(id))) {
      const status = await darkroom.status(one.id).catch(() => null);
      if (status === null) continue;
      if (isEndState(status.state)) ends.set(one.id, status);
      if (status.state === 'needs-decision') await decide(darkroom, one, { sandboxUrl, random });
      if (isEndState(status.state) || status.state === 'needs-decision') movedMs = Date.now();
    }
    await delay(200);
  }
  return ends;
}

async function decide(
  darkroom: Darkroom,
  one: Asked,
  { sandboxUrl, random }: { sandboxUrl: string; random: Random },
): Promise<void> {
  one.wasAsked = true;
  const [trainingId] = booksOf(await readLedger(sandboxUrl))(one).slice(-1);
  // A training that failed cannot be adopted; that it did is an answer as well.
  const adopted =
    trainingId !== undefined && (await tried(darkroom.decide(one.id, { decision: 'adopt', trainingId })));
  if (adopted) return;
  if (random.chance(0.5)) await tried(darkroom.decide(one.id, { decision: 'abandon' }));
  else if (await tried(darkroom.decide(one.id, { decision: 'retry', acceptSecondCharge: true })))
    one.retries += 1;
}

async function tried(decision: Promise<void>): Promise<boolean> {
  return decision.then(
    () => true,
    () => false,
  );
}
