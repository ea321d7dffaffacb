import { setHandler } from '@temporalio/workflow';
import type { Evidence } from '../contract/evidence';
import { evidenceSignal } from './messages';
import type { TrainingRun } from './training-run';

/** A sender without limits must not fill the history that is handed over; what was sent first was sent by the provider. */
const MAX_KEPT = 10;
const MAX_LENGTH = 200;
/** It holds the workflow's id, up to 1,000 bytes, in base64. */
const MAX_TOKEN_LENGTH = 1500;

/**
 * Takes deliveries on the webhook address of an attempt. They are kept, whenever they come, and make a lookup come now;
 * whether they are true is found out there.
 */
export function takeEvidence(run: TrainingRun): void {
  const { progress } = run;
  setHandler(
    evidenceSignal,
    (evidence) => {
      if (!isEvidence(evidence)) return;
      const isKnown = progress.evidence.some(
        (one) => one.token === evidence.token && one.trainingId === evidence.trainingId,
      );
      if (!isKnown && progress.evidence.length < MAX_KEPT) progress.evidence.push(evidence);
      progress.isNudged = true;
    },
    { description: 'A delivery of the provider on the webhook address of one attempt.' },
  );
}

function isEvidence(given: unknown): given is Evidence {
  const { attempt, token, trainingId } = (given ?? {}) as Record<string, unknown>;
  return typeof attempt === 'number' && isShort(token, MAX_TOKEN_LENGTH) && isShort(trainingId, MAX_LENGTH);
}

function isShort(text: unknown, maxLength: number): boolean {
  return typeof text === 'string' && text !== '' && text.length <= maxLength;
}
