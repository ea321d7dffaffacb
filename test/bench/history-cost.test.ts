import { costOf } from '../../src/bench/history-cost';

test('payloads are counted wherever they stand, and workflow tasks when they are done', () => {
  const payload = (text: string) => ({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(text),
  });
  const cost = costOf([
    { workflowExecutionStartedEventAttributes: { input: { payloads: [payload('12345')] } } },
    { workflowTaskScheduledEventAttributes: {} },
    { workflowTaskCompletedEventAttributes: {} },
    {
      activityTaskScheduledEventAttributes: { input: { payloads: [payload('1'), payload('22')] } },
      userMetadata: { summary: payload('333') },
    },
    {
      workflowExecutionFailedEventAttributes: {
        failure: { applicationFailureInfo: { details: { payloads: [payload('4444')] } } },
      },
    },
  ]);
  expect(cost).toEqual({ events: 5, workflowTasks: 1, payloadBytes: 15 });
});
