import type { TrainRequest } from '../contract/request';

/**
 * Which of these would train a person whom an earlier one trains, by place, each with the place of that one. To do so by
 * mistake is to pay twice; another generation says that it is none.
 */
export function trainedTwice(requests: readonly TrainRequest[]): Map<number, number> {
  const firstOf = new Map<string, number>();
  const twice = new Map<number, number>();
  for (const [place, { subject, provider, generation = 1 }] of requests.entries()) {
    const key = JSON.stringify([subject, provider, generation]);
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, place);
    else twice.set(place, first);
  }
  return twice;
}
