import type { Darkroom, ListedTraining, TrainStatus } from '../../src/client';
import { liveTrainings, type LiveNews } from '../../src/gateway/live-trainings';
import { until } from '../support/until';

/** What a gateway asks of Temporal, counted. */
function world(state: ListedTraining['state'] = 'training') {
  const asked = { status: 0, glance: 0 };
  const row = { id: 'a', state, provider: 'apiframe', subject: 's', startedAt: new Date(0), endedAt: null };
  const darkroom = {
    status: () => {
      asked.status += 1;
      return Promise.resolve({ state: row.state } as TrainStatus);
    },
    glance: (ids: readonly string[]) => {
      asked.glance += 1;
      return Promise.resolve(ids.map((id) => ({ ...row, id })));
    },
    photoProgress: () => Promise.resolve(null),
  } as unknown as Darkroom;
  return { asked, row, live: liveTrainings(darkroom, () => undefined) };
}

test('of five hundred listeners of one training there is one look at it', async () => {
  const { asked, row, live } = world();
  const heard: LiveNews[] = [];
  await Promise.all(Array.from({ length: 500 }, () => live.listen('a', (news) => void heard.push(news))));
  expect(heard).toHaveLength(500);
  expect(asked.status).toBe(1);
  expect(live.size()).toBe(1);
  row.state = 'succeeded';
  await until('all have heard that it is over', () =>
    heard.filter(({ news }) => news === 'over').length === 500 ? true : null,
  );
  expect(asked).toEqual({ status: 2, glance: 1 });
  expect(live.size()).toBe(0);
  live.close();
});

test('one that has ended is told, and not watched; when the gateway stops, listeners hear so', async () => {
  const over = world('failed');
  const heard: LiveNews[] = [];
  const listener = () => (news: LiveNews) => void heard.push(news);
  await over.live.listen('a', listener());
  expect(heard.map(({ news }) => news)).toEqual(['status', 'over']);
  expect(over.live.size()).toBe(0);

  const running = world();
  const stop = await running.live.listen('a', listener());
  await running.live.listen('a', listener());
  stop();
  running.live.close();
  expect(heard.at(-1)).toEqual({
    news: 'over',
    because: 'stopping',
    why: 'the gateway stops; connect again',
  });
  expect(heard).toHaveLength(5);
});
