import {
  ProviderKeyRejectedError,
  ProviderRefusedError,
  ProviderUnavailableError,
} from '../../src/providers/errors';
import type { Glimpse, Provider } from '../../src/providers/port';
import { sweeper } from '../../src/watching/sweep';
import { newlyWatched, type Watched } from '../../src/watching/watched';

const RUNNING: Glimpse = { glimpse: 'running', percent: 1, word: 'processing' };
const signal = new AbortController().signal;
const all = (count: number) =>
  Array.from({ length: count }, (_, index) => newlyWatched(`w-${index}`, `t-${index}`, 0));

/** A provider that answers as told, and a record of what it was asked. */
function world(glance: Provider['glance'], glanceSize = 20, mostCalls = 1000) {
  const asked: number[] = [];
  const seen: string[] = [];
  const sweeping = sweeper({
    provider: {
      glanceSize,
      glance: (ids, stop) => {
        asked.push(ids.length);
        return glance(ids, stop);
      },
    },
    turn: () => Promise.resolve(),
    intervalMs: 0,
    mostCalls,
    onSeen: ({ id }) => void seen.push(id),
  });
  return {
    asked,
    seen,
    sweep: (count: number) => sweeping.sweep(all(count), signal),
    again: (watched: Watched[]) => sweeping.sweep(watched, signal),
    size: sweeping.size,
  };
}

const knowing = (ids: readonly string[], isKnown: (id: string) => boolean = () => true) =>
  Promise.resolve(new Map(ids.filter(isKnown).map((id) => [id, RUNNING])));

test('45 trainings are three calls', async () => {
  const { asked, seen, sweep } = world((ids) => knowing(ids));
  expect(await sweep(45)).toMatchObject({ calls: 3, trouble: null });
  expect(asked.sort((a, b) => b - a)).toEqual([20, 20, 5]);
  expect(new Set(seen).size).toBe(45);
});

test('those that an answer leaves out do not spoil the others', async () => {
  const { seen, sweep, size } = world((ids) => knowing(ids, (id) => Number(id.slice(2)) % 2 === 0));
  await sweep(40);
  expect(seen).toHaveLength(20);
  expect(size()).toBe(20);
});

test('a provider that refuses several at a time three times is asked one by one, from then on', async () => {
  const { asked, seen, sweep, size } = world((ids) =>
    ids.length > 1 ? Promise.resolve('unsupported') : knowing(ids),
  );
  for (let round = 0; round < 3; round += 1) await sweep(3);
  expect(seen).toHaveLength(9); // none is missed meanwhile
  expect(size()).toBe(1);
  asked.length = 0;
  await sweep(3);
  expect(asked).toEqual([1, 1, 1]);
});

test('so is one whose answers hold none of ours three times, though it knows them one by one', async () => {
  const { asked, sweep, size } = world((ids) => knowing(ids, () => ids.length === 1));
  for (let round = 0; round < 3; round += 1) await sweep(2);
  expect(size()).toBe(1);
  expect(asked).toEqual([2, 1, 2, 1, 2, 1]);
});

test('trainings that nobody knows leave it as it is', async () => {
  const { sweep, size } = world(() => Promise.resolve(new Map()));
  for (let round = 0; round < 5; round += 1) await sweep(20);
  expect(size()).toBe(20);
});

test('Retry-After ends the sweep, and is handed on', async () => {
  const busy = new ProviderUnavailableError('APIFRAME', 'HTTP 429 without a reason', 7000);
  const { asked, sweep } = world(() => Promise.reject(busy));
  expect(await sweep(2000)).toMatchObject({ retryAfterMs: 7000, trouble: busy.message });
  expect(asked.length).toBeLessThanOrEqual(4);
});

test('a provider that is down is not asked for all of them', async () => {
  const { asked, sweep } = world(() => Promise.reject(new ProviderKeyRejectedError('APIFRAME')));
  expect(await sweep(2000)).toMatchObject({ trouble: 'APIFRAME rejected the key' });
  expect(asked.length).toBeLessThanOrEqual(7);
});

test('the longest of several Retry-After is handed on', async () => {
  let call = 0;
  const { sweep } = world(() => {
    call += 1;
    return Promise.reject(new ProviderUnavailableError('APIFRAME', 'HTTP 429', call * 1000));
  });
  const { calls, retryAfterMs } = await sweep(2000);
  expect(retryAfterMs).toBe(calls * 1000);
});

describe('after a failure of all calls', () => {
  const DOWN: [string, Error, number, number][] = [
    ['that asked for patience', new ProviderUnavailableError('APIFRAME', 'HTTP 429', 1000), 20, 100],
    ['without a reason', new ProviderUnavailableError('APIFRAME', 'HTTP 500', null), 20, 100],
    ['of a rejected key', new ProviderKeyRejectedError('APIFRAME'), 20, 100],
    [
      'of one that tells of all at once',
      new ProviderUnavailableError('TryItOn', 'HTTP 503', null),
      10_000,
      100,
    ],
  ];
  test.each(DOWN)('%s, as few calls are made as before', async (_what, error, size, count) => {
    let isDown = true;
    const { asked, again } = world((ids) => (isDown ? Promise.reject(error) : knowing(ids)), size);
    const watched = all(count);
    const sweep = () => {
      for (const one of watched) one.dueAtMs = Math.min(one.dueAtMs, 1);
      return again(watched);
    };
    await sweep();
    isDown = false;
    asked.length = 0;
    await sweep();
    expect(asked).toHaveLength(Math.ceil(count / size));
  });
});

test('a sweep makes no more calls than it may, also where each is for one', async () => {
  const { asked, again } = world((ids) => knowing(ids), 20, 3);
  const alone = all(60).map((one) => ({ ...one, isAskedAlone: true, dueAtMs: 1 }));
  await again(alone);
  expect(asked.length).toBeLessThanOrEqual(3 + 3);
});

test('what is no error of the provider is not hidden', async () => {
  const { sweep } = world(() => Promise.reject(new TypeError('a bug')));
  await expect(sweep(1)).rejects.toThrow('a bug');
});

describe('what is due', () => {
  const at = (dueAtMs: number, index: number) => ({
    ...newlyWatched(`w-${index}`, `t-${index}`, 0),
    dueAtMs,
  });
  const far = Date.now() + 1_000_000;

  test('is looked at, and the last call takes those along that are due next', async () => {
    const { asked, seen, again } = world((ids) => knowing(ids), 3);
    await again([at(far + 2, 0), at(far, 1), at(1, 2), at(far + 1, 3)]);
    expect(asked).toEqual([3]);
    expect(seen).toEqual(['w-2', 'w-1', 'w-3']);
  });

  test('beyond what one sweep may ask is left for the next, those first that have waited longest', async () => {
    const { asked, seen, again } = world((ids) => knowing(ids), 2, 2);
    await again([at(3, 0), at(1, 1), at(5, 2), at(2, 3), at(4, 4)]);
    expect(asked).toEqual([2, 2]);
    expect(seen).toEqual(['w-1', 'w-3', 'w-0', 'w-4']);
  });

  test('and left for the next: how late those are is told, new ones apart', async () => {
    const { again } = world((ids) => knowing(ids), 2, 1);
    const lateMs = Date.now() - 9000;
    const outcome = await again([at(lateMs, 0), at(lateMs - 1, 1), at(lateMs + 1, 2)]);
    expect(outcome.behindMs).toBeGreaterThanOrEqual(8999);
    expect(outcome.behindMs).toBeLessThan(12_000);
    expect(await again(all(3))).toMatchObject({ behindMs: 0 });
  });

  test('is nothing: then nothing is asked', async () => {
    const { asked, again } = world((ids) => knowing(ids));
    expect(await again([at(far, 0)])).toMatchObject({ calls: 0, trouble: null });
    expect(asked).toEqual([]);
  });
});

describe('one that spoils the answer for all', () => {
  const failing = (ids: readonly string[], isBad: (id: string) => boolean, error: Error) =>
    ids.some(isBad) ? Promise.reject(error) : knowing(ids);
  const isBad = (id: string) => id === 't-7';

  test.each([
    ['an error of the server', new ProviderUnavailableError('APIFRAME', 'HTTP 500', null)],
    ['a refusal', new ProviderRefusedError('APIFRAME', 'not known')],
  ])('with %s: its neighbors are seen all the same, and it is asked for alone', async (_what, error) => {
    const { seen, again, size } = world((ids) => failing(ids, isBad, error));
    const watched = all(60);
    const sweep = () => {
      for (const one of watched) one.dueAtMs = Math.min(one.dueAtMs, 1);
      return again(watched);
    };
    for (let round = 0; round < 3; round += 1) await sweep();
    expect(new Set(seen).size).toBe(59);
    expect(size()).toBe(20);
    // And it stays so: beside others again, it would spoil theirs every other time.
    seen.length = 0;
    for (let round = 0; round < 4; round += 1) await sweep();
    expect(seen).toHaveLength(4 * 59);
  });

  test('refused alone as well, it is no sign of trouble', async () => {
    const { again } = world(
      (ids) => failing(ids, isBad, new ProviderRefusedError('APIFRAME', 'not known')),
      1,
    );
    expect(await again(all(10))).toMatchObject({ trouble: null });
  });
});

test('an error of ours stops all lanes of the sweep', async () => {
  const { asked, sweep } = world(() => Promise.reject(new TypeError('a bug')), 1);
  await expect(sweep(100)).rejects.toThrow('a bug');
  expect(asked.length).toBeLessThanOrEqual(4);
});
