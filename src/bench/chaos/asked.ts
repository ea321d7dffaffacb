import type { TrainRequest } from '../../client';
import type { Random } from './random';

/** One training that was asked for, and what was done to it since. */
export interface Asked {
  readonly id: string;
  readonly request: TrainRequest;
  readonly isCanceled: boolean;
  /** Times that a person has accepted a second charge. */
  retries: number;
  wasAsked: boolean;
}

/**
 * Two thirds at APIFRAME, whose ledger names the request by its trigger word; the rest at TryItOn, each with a model of its
 * own.
 */
export function askedFor(
  seed: number,
  count: number,
  { random, photos, models }: { random: Random; photos: string[]; models: string[] },
): Asked[] {
  return Array.from({ length: count }, (_, number): Asked => {
    const id = `chaos-${seed}-${number}`;
    const common = { subject: `s-${number}`, photos, generation: number + 1 };
    const modelId = random.chance(1 / 3) ? models.pop() : undefined;
    const request: TrainRequest =
      modelId === undefined
        ? {
            ...common,
            provider: 'apiframe',
            options: { gender: 'male', ethnicity: 'white', triggerWord: id },
          }
        : { ...common, provider: 'tryiton', options: { modelId, body: 'man', styles: ['studio'] } };
    return { id, request, isCanceled: random.chance(0.05), retries: 0, wasAsked: false };
  });
}
