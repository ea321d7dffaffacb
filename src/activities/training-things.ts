import type { TrainRequest } from '../contract/request';
import type { Provider } from '../providers/port';
import type { Thing } from '../submissions/claims';
import { sortedOptions } from '../training-id';
import type { Account } from './ports';

/** What no two trainings may share: the same photos, options, provider, account and generation, or a bought model. */
export interface TrainingThings {
  photoSet: Thing | null;
  resource: Thing | null;
}

export function thingsOf(
  request: TrainRequest,
  { photoSet, provider, account }: { photoSet: string | null; provider: Provider; account: Account },
): TrainingThings {
  const resource = provider.resource(request);
  const where = [request.provider, account.account];
  return {
    photoSet:
      photoSet === null
        ? null
        : {
            parts: [...where, photoSet, sortedOptions(request), request.generation ?? 1],
            evenIfFailed: false,
          },
    resource: resource === null ? null : { parts: [...where, resource], evenIfFailed: true },
  };
}

export function duplicateSentence(request: TrainRequest, rival: string): string {
  return `The same photos with the same options were trained as ${rival} at ${request.provider} already; ${orTheNext(request)}`;
}

export function samePersonSentence(request: TrainRequest, rival: string): string {
  return `The folder of ${request.subject} was trained as ${rival} at ${request.provider} already; ${orTheNext(request)}`;
}

function orTheNext({ generation = 1 }: TrainRequest): string {
  const next = generation + 1;
  return `use that training, or set generation: ${next} (--generation ${next}) to train and pay again`;
}

export function takenSentence(resource: string, rival: string): string {
  return `The ${resource.replace('/', ' ')} belongs to the training ${rival}, and it trains once; use that training, or buy another one`;
}
