import * as batchOptions from '../../src/workflows/batch-activity-options';
import * as options from '../../src/workflows/activity-options';

describe('the bounds of activities', () => {
  it.each([...Object.entries(options), ...Object.entries(batchOptions)])(
    '%s has a bound on one try and on all tries',
    (_name, bounds) => {
      expect(bounds.startToCloseTimeout).toBeDefined();
      expect(bounds.scheduleToCloseTimeout).toBeDefined();
    },
  );

  it('the submission is attempted once', () => {
    expect(options.SUBMIT_TRAINING.retry).toEqual({ maximumAttempts: 1 });
  });
});
