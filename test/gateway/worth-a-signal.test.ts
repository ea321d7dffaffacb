import fc from 'fast-check';
import { readDelivery, type Delivery } from '../../src/gateway/delivery';
import { afterSignal, isGone, isWorthASignal, NOTHING_TOLD } from '../../src/gateway/worth-a-signal';

const MINUTE_MS = 60_000;
const progress = (percent: number | null): Delivery => ({ trainingId: 't', says: 'running', percent });
const ended: Delivery = { trainingId: 't', says: 'finished', percent: 100 };

/** Which of the deliveries, so far apart, Temporal hears of. */
function heard(deliveries: readonly Delivery[], everyMs: number): number[] {
  let told = NOTHING_TOLD;
  return deliveries.flatMap((delivery, index) => {
    const nowMs = (index + 1) * everyMs;
    if (!isWorthASignal(told, delivery, nowMs)) return [];
    told = afterSignal(told, delivery, nowMs);
    return [index];
  });
}

test('the first delivery is heard, whatever it says: it is the proof that an attempt has started', () => {
  for (const body of ['', 'nonsense', '{}', '{"status":"starting"}', '[]', '{"task_id":7}'])
    expect(isWorthASignal(NOTHING_TOLD, readDelivery(body), 0)).toBe(true);
});

test('progress is heard four times at most, an end at once', () => {
  const percents = Array.from({ length: 100 }, (_, index) => progress(index));
  expect(heard([...percents, ended], 2 * MINUTE_MS)).toEqual([0, 25, 50, 75, 100]);
  expect(heard([...percents, ended], 100)).toEqual([0, 100]);
});

test('a flood of ends for an hour is a dozen signals', () => {
  const flood = Array.from({ length: 36_000 }, () => ended);
  expect(heard(flood, 100).length).toBeLessThanOrEqual(12);
});

test('whatever comes for a day, it is at most 160 signals, and an end after progress is always one', () => {
  const anyDelivery = fc.record<Delivery>({
    trainingId: fc.constantFrom('t', 'u', null),
    says: fc.constantFrom('finished', 'failed', 'running', 'nothing'),
    percent: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(anyDelivery, { maxLength: 500 }), (deliveries) => {
      let told = NOTHING_TOLD;
      for (const [index, delivery] of deliveries.entries()) {
        const nowMs = index * 1000;
        const isNewEnd = ['finished', 'failed'].includes(delivery.says) && told.end === null;
        const isWorth = isWorthASignal(told, delivery, nowMs);
        if (isNewEnd) expect(isWorth).toBe(true);
        if (isWorth) told = afterSignal(told, delivery, nowMs);
      }
      // The first of each id, a change of mind now and then, and one progress or repeated end a minute.
      expect(told.signals).toBeLessThanOrEqual(8 + 3 * Math.ceil(deliveries.length / 60));
    }),
  );
});

test('no body is too odd to be read', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify({ task_id: value, status: value, percentage: value })),
      ),
      (body) => {
        const { trainingId, says, percent } = readDelivery(body);
        expect(trainingId === null || (trainingId.length > 0 && trainingId.length <= 200)).toBe(true);
        expect(['finished', 'failed', 'running', 'nothing']).toContain(says);
        expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true);
      },
    ),
  );
  expect(readDelivery('{"task_id":"a","status":"finished","percentage":100}')).toEqual({
    trainingId: 'a',
    says: 'finished',
    percent: 100,
  });
  expect(readDelivery('{"task_id":"a","status":"processing","percentage":"40"}')).toEqual({
    trainingId: 'a',
    says: 'running',
    percent: 40,
  });
});

test('a delivery that names another training is heard, up to ten: the first may be wrong, or name none', () => {
  const naming = (trainingId: string | null): Delivery => ({ trainingId, says: 'running', percent: 1 });
  expect(heard([naming(null), naming('a'), naming('a'), naming('b')], 10)).toEqual([0, 1, 3]);
  expect(
    heard(
      Array.from({ length: 50 }, (_, n) => naming(`t-${n}`)),
      10,
    ),
  ).toHaveLength(10);
});

test('another end than the last is heard at once: "failed" may be taken back', () => {
  const failed: Delivery = { ...ended, says: 'failed' };
  expect(heard([failed, ended, ended], 1000)).toEqual([0, 1]);
  expect(
    heard(
      Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? failed : ended)),
      10,
    ),
  ).toHaveLength(5);
});

test('an ended training is asked for again after a while: somebody may have adopted it', () => {
  const gone = { ...NOTHING_TOLD, goneAtMs: 1000 };
  expect([isGone(gone, 2000), isGone(gone, 31_001), isGone(NOTHING_TOLD, 0)]).toEqual([true, false, false]);
});
