import { PROVIDER_ID_PATTERN } from '../contract/id-pattern';

/** What to type, as JSON, in a form that knows nothing of the fields. */
export const DECISIONS_AS_JSON = {
  adopt: '{"decision": "adopt", "trainingId": "TRAINING"}',
  retry: '{"decision": "retry", "acceptSecondCharge": true}',
  abandon: '{"decision": "abandon"}',
} as const;

/** Why what was typed, or sent by another service, is no decision, in a sentence; null where it is one. Pure. */
export function decisionProblem(given: unknown): string | null {
  if (given === undefined || given === null)
    return problem('Nothing arrived, or it is no JSON (are the quotes straight?)');
  if (typeof given !== 'object' || Array.isArray(given))
    return problem(`It is ${kindOf(given)}, and one JSON object is needed`);
  const { decision, trainingId, acceptSecondCharge } = given as Record<string, unknown>;
  switch (decision) {
    case 'adopt':
      return isTrainingId(trainingId)
        ? null
        : `To adopt, "trainingId" must be the id of the training at the provider, in quotes: ${DECISIONS_AS_JSON.adopt}`;
    case 'retry':
      return acceptSecondCharge === true
        ? null
        : `The first submission may have been charged already, so to retry, say that a second charge is accepted: ${DECISIONS_AS_JSON.retry}`;
    case 'abandon':
      return null;
    default:
      return problem('"decision" must be "adopt", "retry" or "abandon"');
  }
}

function problem(words: string): string {
  const { adopt, retry, abandon } = DECISIONS_AS_JSON;
  return `${words}. A decision is ${adopt}, or ${retry} (the first submission may have been charged already), or ${abandon}`;
}

function isTrainingId(given: unknown): boolean {
  return typeof given === 'string' && PROVIDER_ID_PATTERN.test(given);
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  return typeof given === 'string' ? 'a text in quotes' : `a ${typeof given}`;
}
