import { liveLists } from '../../../src/gateway/pages/live-lists';
import type { Part } from '../../../src/gateway/pages/send-page';
import { until } from '../../support/until';

const NEWEST = { limit: 50 };

function world() {
  const asked = { count: 0, html: 'a' };
  const lists = liveLists(
    () => {
      asked.count += 1;
      return Promise.resolve([
        { id: 'rows', html: asked.html },
        { id: 'counts', html: 'same' },
      ]);
    },
    () => undefined,
  );
  return { asked, lists };
}

test('of many who look at the same list one asks, and all hear what has changed, and nothing else', async () => {
  const { asked, lists } = world();
  const heard: Part[] = [];
  const stops = Array.from({ length: 100 }, () =>
    lists.listen(
      NEWEST,
      (part) => void heard.push(part),
      () => undefined,
    ),
  );
  await until('all have heard both parts', () => (heard.length === 200 ? true : null));
  expect(asked.count).toBe(1);
  asked.html = 'b';
  await until('all have heard of the change', () => (heard.length === 300 ? true : null));
  expect(heard.slice(200)).toEqual(Array.from({ length: 100 }, () => ({ id: 'rows', html: 'b' })));
  expect(asked.count).toBe(2);

  const late: Part[] = [];
  stops.push(
    lists.listen(
      NEWEST,
      (part) => void late.push(part),
      () => undefined,
    ),
  );
  expect(late.map(({ html }) => html)).toEqual(['b', 'same']);
  for (const stop of stops) stop();
  expect(lists.size()).toBe(0);
  lists.close();
});

test('more different lists than Temporal should be asked for are refused; when the gateway stops, all end', () => {
  const { lists } = world();
  let ended = 0;
  const listen = (subject: string) =>
    lists.listen(
      { ...NEWEST, subject },
      () => undefined,
      () => void (ended += 1),
    );
  for (let number = 0; number < 100; number += 1) listen(`s-${String(number)}`);
  expect(() => listen('s-100')).toThrow('Too many different lists');
  listen('s-1');
  lists.close();
  expect(ended).toBe(101);
});
