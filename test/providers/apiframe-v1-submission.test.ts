import { READER } from '../../src/providers/apiframe-v1/wire';
import type { HttpResult } from '../../src/providers/http';
import { submissionOutcome } from '../../src/providers/submission-outcome';

const outcomeOf = (result: HttpResult) => submissionOutcome(result, READER);

function answered(status: number, json: unknown, retryAfterMs: number | null = null) {
  return outcomeOf({ kind: 'answer', status, json, retryAfterMs });
}

describe('a submission to APIFRAME', () => {
  it.each([200, 201, 202])('is accepted by a %i that names the task', (status) => {
    expect(answered(status, { task_id: 't-1', more: true })).toEqual({
      outcome: 'accepted',
      trainingId: 't-1',
    });
  });

  it.each([
    ['that is not JSON', null],
    ['without a task_id', {}],
    ['with an empty task_id', { task_id: '' }],
    ['with errors in it', { errors: [{ msg: 'no' }] }],
    ['that is a list', []],
  ])('is unknown after a 200 %s', (_what, json) => {
    expect(answered(200, json)).toEqual({
      outcome: 'unknown',
      words: 'HTTP 200 that cannot be read as an acceptance',
    });
  });

  it.each([204, 205, 300, 301, 302, 303, 304, 307, 308])('is unknown after a %i', (status) => {
    expect(answered(status, null)).toMatchObject({ outcome: 'unknown' });
  });

  it.each([204, 301, 500])('is unknown after a %i even if it names a task', (status) => {
    expect(answered(status, { task_id: 't-1' })).toMatchObject({ outcome: 'unknown' });
  });

  it.each([400, 402, 403, 404, 405, 410, 413, 415, 422])('is refused for good by a %i', (status) => {
    expect(answered(status, null)).toEqual({
      outcome: 'refused',
      code: 'ProviderRefused',
      words: `HTTP ${String(status)} without a reason`,
      again: 'never',
    });
  });

  it('is refused for good by a 401, as a matter of the key', () => {
    expect(answered(401, {})).toMatchObject({
      outcome: 'refused',
      code: 'ProviderKeyRejected',
      again: 'never',
    });
  });

  it.each([408, 409, 425, 499])('is unknown after a %i, which a proxy in between can make', (status) => {
    expect(answered(status, { errors: [{ msg: 'no' }] })).toMatchObject({ outcome: 'unknown' });
  });

  it.each([500, 501, 502, 503, 504, 520, 524])('is unknown after a %i', (status) => {
    expect(answered(status, {}, 5000)).toEqual({
      outcome: 'unknown',
      words: `HTTP ${String(status)} without a reason`,
    });
  });

  it('is refused by a 429 until the time that the provider names', () => {
    expect(answered(429, {}, 7000)).toMatchObject({
      outcome: 'refused',
      code: 'ProviderUnavailable',
      again: { afterMs: 7000 },
    });
  });

  it.each([
    { errors: [{ msg: 'Too many concurrent trainings' }] },
    { error: 'Team cap reached: maxConcurrentTrainings (10) trainings in flight' },
    { message: 'Too many trainings' },
  ])('is refused by a 429 because too many trainings are in flight, in words such as %j', (body) => {
    expect(answered(429, body)).toMatchObject({
      outcome: 'refused',
      again: { afterMs: 300_000, because: 'full' },
    });
    expect(answered(429, body, 7000)).toMatchObject({ again: { afterMs: 7000, because: 'full' } });
  });

  it('is refused by a 429 that is about requests without a word of trainings', () => {
    const { again } = answered(429, { error: 'Too many requests' }, 7000) as { again?: unknown };
    expect(again).toEqual({ afterMs: 7000 });
  });

  it('is refused by a 429 for a minute where the provider names no time', () => {
    expect(answered(429, {})).toMatchObject({ outcome: 'refused', again: { afterMs: 60_000 } });
  });

  it('is refused for now if nothing of it was sent', () => {
    expect(outcomeOf({ kind: 'not-sent', words: 'connection refused' })).toEqual({
      outcome: 'refused',
      code: 'ProviderUnavailable',
      words: 'the request could not be sent: connection refused',
      again: { afterMs: 30_000 },
    });
  });

  it('is unknown if it was sent and lost', () => {
    expect(outcomeOf({ kind: 'lost', words: 'reset' })).toEqual({
      outcome: 'unknown',
      words: 'reset',
    });
  });
});

describe('the words of a refusal', () => {
  function words(json: unknown): string {
    const outcome = answered(400, json);
    return outcome.outcome === 'refused' ? outcome.words : '';
  }

  it('are those of the provider, all of them', () => {
    expect(words({ errors: [{ msg: 'not ready' }, { msg: 'too few', param: 'x' }] })).toBe(
      'not ready; too few',
    );
  });

  it.each([[{}], [{ errors: [] }], [{ errors: 'no' }], [{ errors: [{ text: 'no' }] }], ['no'], [null]])(
    'say that there is no reason in %j',
    (json) => {
      expect(words(json)).toBe('HTTP 400 without a reason');
    },
  );

  it('stay short if one reason is long', () => {
    expect(words({ errors: [{ msg: 'x'.repeat(100_000) }] }).length).toBeLessThanOrEqual(1000);
  });

  it('stay short if there are many reasons', () => {
    const errors = Array.from({ length: 10_000 }, (_, index) => ({ msg: `reason ${String(index)}` }));

    expect(words({ errors }).length).toBeLessThanOrEqual(1000);
    expect(words({ errors })).toMatch(/^reason 0; reason 1; /);
  });
});
