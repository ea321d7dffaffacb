import { DECISIONS_AS_JSON, decisionProblem } from '../../src/workflows/decision-problem';

describe('a decision typed by hand', () => {
  it.each(Object.values(DECISIONS_AS_JSON))('%s is one', (json) => {
    expect(decisionProblem(JSON.parse(json))).toBeNull();
  });

  it.each<[unknown, string]>([
    [
      undefined,
      'Nothing arrived, or it is no JSON (are the quotes straight?). A decision is {"decision": "adopt"',
    ],
    ['abandon', 'It is a text in quotes, and one JSON object is needed. A decision is'],
    [[{ decision: 'abandon' }], 'It is a list, and one JSON object is needed'],
    [7, 'It is a number, and one JSON object is needed'],
    [{}, '"decision" must be "adopt", "retry" or "abandon"'],
    [{ decision: 'Abandon' }, '"decision" must be "adopt", "retry" or "abandon"'],
    [
      { decision: 'adopt' },
      'To adopt, "trainingId" must be the id of the training at the provider, in quotes',
    ],
    [{ decision: 'adopt', trainingId: 17 }, 'in quotes: {"decision": "adopt", "trainingId": "TRAINING"}'],
    [{ decision: 'adopt', trainingId: 'a b' }, 'To adopt, "trainingId" must be'],
    [{ decision: 'retry' }, 'to retry, say that a second charge is accepted: {"decision": "retry"'],
    [{ decision: 'retry', acceptSecondCharge: 'yes' }, 'The first submission may have been charged already'],
  ])('%j is none, in words', (given, words) => {
    expect(decisionProblem(given)).toContain(words);
  });
});
