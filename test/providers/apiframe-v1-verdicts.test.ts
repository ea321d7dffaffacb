import fc from 'fast-check';
import { trainingVerdict, uploadVerdict } from '../../src/providers/apiframe-v1/verdicts';
import { taskSchema } from '../../src/providers/apiframe-v1/wire';

const training = (json: object) => trainingVerdict(taskSchema.parse(json));
const upload = (json: object) => uploadVerdict(taskSchema.parse(json));

/** https://docs.apiframe.ai/api-endpoints/statuses without the two that end a task. */
const OPEN_WORDS = ['pending', 'staged', 'starting', 'processing', 'retry', 'retrying'];
const ODD_WORDS = ['polishing', '', 'Finished', 'completed', 'cancelled', 'error', 'toString'];

describe('the verdict on a training', () => {
  it.each([...OPEN_WORDS, ...ODD_WORDS])('is "running" for the word "%s"', (word) => {
    expect(training({ status: word, percentage: 100 })).toEqual({ verdict: 'running', percent: 100, word });
  });

  it('is "succeeded" for "finished", with the trigger word that came back', () => {
    const json = {
      status: 'finished',
      percentage: 100,
      trigger_word: 'TOKIKD',
      task_id: 't',
      message: 'done',
    };

    expect(training(json)).toEqual({ verdict: 'succeeded', triggerWord: 'TOKIKD' });
  });

  it('is "succeeded" whatever else is missing or odd', () => {
    expect(training({ status: 'finished', percentage: null, trigger_word: 7 })).toEqual({
      verdict: 'succeeded',
      triggerWord: null,
    });
  });

  it.each([
    ['message', { message: 'bad faces', error: 'E1' }, 'bad faces'],
    ['error, where there is no message', { error: 'E1' }, 'E1'],
    ['error, where the message is empty', { message: '', error: 'E1' }, 'E1'],
    ['error, where the message is no text', { message: { a: 1 }, error: 'E1' }, 'E1'],
    ['own sentence, where there is neither', {}, 'no reason given'],
  ])('is "failed" with its %s', (_what, fields, words) => {
    expect(training({ status: 'failed', ...fields })).toEqual({ verdict: 'failed', words });
  });

  it('keeps words short, whoever wrote them', () => {
    const long = 'x'.repeat(100_000);

    expect(JSON.stringify(training({ status: 'failed', message: long })).length).toBeLessThan(1000);
    expect(JSON.stringify(training({ status: long })).length).toBeLessThan(1000);
    expect(JSON.stringify(upload({ status: long })).length).toBeLessThan(1000);
  });

  it.each([
    ['40', 40],
    [40, 40],
    ['40%', 40],
    [' 40 ', 40],
    ['12.5', 12.5],
    ['100', 100],
    [0, 0],
    ['', null],
    ['abc', null],
    [-5, 0],
    ['-5', 0],
    [250, 100],
    ['Infinity', null],
    [null, null],
    [{}, null],
    [true, null],
    [undefined, null],
  ])('reads the percentage %j as %j', (percentage, percent) => {
    expect(training({ status: 'processing', percentage })).toMatchObject({ percent });
  });

  it('has a percent from 0 to 100 or none, whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (percentage) => {
        const verdict = training({ status: 'processing', percentage });
        const percent = verdict.verdict === 'running' ? verdict.percent : -1;
        expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
      }),
    );
  });
});

describe('the verdict on an upload', () => {
  it.each([...OPEN_WORDS, ...ODD_WORDS])('is "running" for the word "%s", even without a task_id', (word) => {
    expect(upload({ status: word, message: 'wait' })).toEqual({ verdict: 'running', word });
  });

  it('is "ready" until the instant that the provider names', () => {
    expect(upload({ status: 'finished', task_id: 't', expires_at: '2031-02-03T04:05:06.000Z' })).toEqual({
      verdict: 'ready',
      expiresAtMs: Date.UTC(2031, 1, 3, 4, 5, 6),
    });
  });

  it('takes an expires_at without a zone for UTC, wherever the worker stands', () => {
    expect(upload({ status: 'finished', expires_at: '2031-02-03T04:05:06' })).toMatchObject({
      expiresAtMs: Date.UTC(2031, 1, 3, 4, 5, 6),
    });
  });

  it.each([
    ['absent', {}],
    ['null', { expires_at: null }],
    ['no date', { expires_at: 'tomorrow' }],
    ['empty', { expires_at: '' }],
    ['a number', { expires_at: 1_900_000_000 }],
  ])('is "ready" without an end where expires_at is %s', (_what, fields) => {
    expect(upload({ status: 'finished', ...fields })).toEqual({ verdict: 'ready', expiresAtMs: null });
  });

  it('is "failed" with the reason', () => {
    expect(upload({ status: 'failed', message: 'no face' })).toEqual({ verdict: 'failed', words: 'no face' });
  });
});

describe('a task without a status', () => {
  it.each([[{}], [{ status: 3 }], [null], [[]], ['finished']])('is not read: %j', (json) => {
    expect(taskSchema.safeParse(json).success).toBe(false);
  });
});
