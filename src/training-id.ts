import { createHash } from 'node:crypto';
import { GATES } from './contract/gates';
import type { TrainRequest } from './contract/request';

/**
 * Tells whether two requests ask for the same training: the same photos, options, provider and generation for the same
 * subject. How long it may take does not count, nor what it adopts, and the order of the photos only where it decides
 * which are used.
 */
export function requestFingerprint(request: TrainRequest): string {
  const { subject, provider, photos, maxPhotos, generation = 1 } = request;
  const sameTraining = JSON.stringify([
    subject,
    provider,
    sortedOptions(request),
    maxPhotos === undefined ? [...photos].sort() : photos,
    maxPhotos ?? null,
    ...(generation === 1 ? [] : [generation]),
    ...photoWishes(request),
  ]);
  return createHash('sha256').update(sameTraining).digest('hex');
}

/** What decides which pictures are used. Nothing where nothing is said, as before there was anything to say. */
function photoWishes({ gates = {}, crop = 'whole' }: TrainRequest): unknown[] {
  const levels = GATES.flatMap((gate) => (gates[gate] === undefined ? [] : [[gate, gates[gate]]]));
  return levels.length === 0 && crop === 'whole' ? [] : [{ levels, crop }];
}

/**
 * The workflow id of a request whose sender names none, so that starting twice is joining. No slash, because the id
 * stands in URLs.
 */
export function trainingWorkflowId(request: TrainRequest): string {
  return `train-${request.subject}-${requestFingerprint(request).slice(0, 12)}`;
}

/** An option that is present but undefined is the same as an absent one, as it is in JSON. */
export function sortedOptions({ options }: TrainRequest): [string, unknown][] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.sort(([a], [b]) => a.localeCompare(b, 'en'));
}
