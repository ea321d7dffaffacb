import { liveLists } from '../../../src/gateway/pages/live-lists';
import type { Part } from '../../../src/gateway/pages/send-page';
import { until } from '../../support/until';

const NEWEST = { limit: 50 };
const nothing = () => undefined;

function world() {
  const asked = { count: 0, html: 'a', isAway: false };
  const lists = liveLists(() => {
    asked.count += 1;
    if (asked.isAway) return Promise.reject(new Error('away'));
    return Promise.resolve([
      { id: 'rows', html: asked.html },
      { id: 'counts', html: 'same' },
    ]);
  }, nothing);
  return { asked, lists };
}

test('of many who look at the same list one asks, and all hear what has changed, and nothing else', async () => {
  const { asked, lists } = world();
  const heard: Part[] = [];
  const stops = await Promise.all(
    Array.from({ length: 100 }, () =>
      lists.listen(NEWEST, { tell: (part) => void heard.push(part), end: nothing }),
    ),
  );
  expect(heard).toHaveLength(200);
  expect(asked.count).toBe(1);
  asked.html = 'b';
  await until('all have heard of the change', () => (heard.length >= 300 ? true : null));
  expect(heard.slice(200)).toEqual(Array.from({ length: 100 }, () => ({ id: 'rows', html: 'b' })));

  asked.html = 'c';
  const late: Part[] = [];
  stops.push(await lists.listen(NEWEST, { tell: (part) => void late.push(part), end: nothing }));
  // As it is now, and not as it was when somebody looked last.
  expect(late.map(({ html }) => html)).toEqual(['c', 'same']);
  for (const stop of stops) stop();
  expect(lists.size()).toBe(0);
  lists.close();
});

test('who cannot be told anything is told so, and others who come later are', async () => {
  const { asked, lists } = world();
  asked.isAway = true;
  await expect(lists.listen(NEWEST, { tell: nothing, end: nothing })).rejects.toThrow('away');
  expect(lists.size()).toBe(0);
  asked.isAway = false;
  const heard: Part[] = [];
  await lists.listen(NEWEST, { tell: (part) => void heard.push(part), end: nothing });
  asked.isAway = true;
  const before = asked.count;
  await until('it has looked in vain', () => (asked.count > before ? true : null));
  asked.isAway = false;
  asked.html = 'b';
  await until('it is heard', () => (heard.at(-1)?.html === 'b' ? true : null));
  lists.close();
});

test('more different lists than Temporal should be asked for are refused; when the gateway stops, all end', async () => {
  const { lists } = world();
  let ended = 0;
  const listen = (subject: string) =>
    lists.listen({ ...NEWEST, subject }, { tell: nothing, end: () => void (ended += 1) });
  for (let number = 0; number < 20; number += 1) await listen(`s-${String(number)}`);
  await expect(listen('s-20')).rejects.toThrow('Too many different lists');
  await listen('s-1');
  lists.close();
  expect(ended).toBe(21);
});
