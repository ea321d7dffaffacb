import fc from 'fast-check';
import { mapInFlight } from '../src/map-in-flight';

interface Seen {
  started: number[];
  ended: number[];
  mostInFlight: number;
}

/** Work whose ends come in an order that the scheduler picks; the items in `failing` throw. */
function scheduledWork(scheduler: fc.Scheduler, failing: ReadonlySet<number>) {
  const seen: Seen = { started: [], ended: [], mostInFlight: 0 };
  const failures: number[] = [];
  const work = async (item: number, index: number) => {
    seen.started.push(index);
    seen.mostInFlight = Math.max(seen.mostInFlight, seen.started.length - seen.ended.length);
    await scheduler.schedule(Promise.resolve());
    seen.ended.push(index);
    if (!failing.has(index)) return item * 2;
    failures.push(index);
    throw new Error(`item ${String(index)}`);
  };
  return { seen, failures, work };
}

const items = fc.array(fc.integer(), { maxLength: 12 });
const limits = fc.integer({ min: 1, max: 5 });

describe('mapping with a few in flight', () => {
  it('keeps the order, and never has more in flight than allowed nor fewer than it could', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), items, limits, async (scheduler, all, limit) => {
        const { seen, work } = scheduledWork(scheduler, new Set());

        const results = await scheduler.waitFor(mapInFlight(all, limit, work));

        expect(results).toEqual(all.map((item) => item * 2));
        expect(seen.started).toEqual(all.map((_, index) => index));
        expect(seen.mostInFlight).toBe(Math.min(limit, all.length));
      }),
    );
  });

  it('throws the first failure, starts nothing after it, and ends only when nothing is in flight', async () => {
    const some = fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), limits, some, async (scheduler, limit, failing) => {
        const all = Array.from({ length: 12 }, (_, index) => index);
        const { seen, failures, work } = scheduledWork(scheduler, new Set(failing));
        let startedAtFailure = -1;
        const watched = async (item: number, index: number) => {
          try {
            return await work(item, index);
          } catch (error) {
            if (startedAtFailure === -1) startedAtFailure = seen.started.length;
            throw error;
          }
        };

        const outcome = mapInFlight(all, limit, watched).then(
          () => 'no failure',
          (error: unknown) => ({ error, inFlight: seen.started.length - seen.ended.length }),
        );

        expect(await scheduler.waitFor(outcome)).toEqual({
          error: new Error(`item ${String(failures[0])}`),
          inFlight: 0,
        });
        expect(seen.started).toHaveLength(startedAtFailure);
      }),
    );
  });

  it('takes work that throws before it waits for a failure like any other', async () => {
    const thrown = new Error('at once');

    await expect(
      mapInFlight([1, 2], 1, () => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
  });

  it('throws even what is no error', async () => {
    // A rejection with nothing in it must not look like success.
    await expect(
      mapInFlight([1], 1, () => Promise.reject(undefined as unknown as Error)),
    ).rejects.toBeUndefined();
  });

  it('has nothing to do for no items', async () => {
    expect(await mapInFlight([], 3, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});
