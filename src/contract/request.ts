import type { z } from 'zod';
import type { trainRequestSchema } from './request-schema';

/** The one argument of the workflow `trainPerson`: plain JSON, checked by the first step of the workflow. */
export type TrainRequest = z.infer<typeof trainRequestSchema>;
export type ProviderName = TrainRequest['provider'];
export type RequestTo<P extends ProviderName> = Extract<TrainRequest, { provider: P }>;
export type ApiframeOptions = RequestTo<'apiframe'>['options'];
export type TryitonOptions = RequestTo<'tryiton'>['options'];

/** The request as the one provider sees it that it is for. To be called by that provider alone. */
export function requestTo<P extends ProviderName>(provider: P, request: TrainRequest): RequestTo<P> {
  if (!isTo(provider, request)) throw new TypeError(`a request to ${request.provider} came to ${provider}`);
  return request;
}

function isTo<P extends ProviderName>(provider: P, request: TrainRequest): request is RequestTo<P> {
  return request.provider === provider;
}
