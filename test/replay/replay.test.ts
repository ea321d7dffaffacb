import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { replayAll, replayHistory } from '../support/replay';
import { testAccess } from '../support/test-server';

const FOLDER = path.join(__dirname, 'histories');
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);

interface StoredHistory {
  events: { eventType: string; activityTaskScheduledEventAttributes?: { activityType: { name: string } } }[];
}

const read = (name: string) => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as StoredHistory;
// The id matters: it stands in results that the workflow makes.
const replay = (name: string, history: StoredHistory) =>
  replayHistory(path.basename(name, '.json').replace(/-(first|last)-run$/, ''), history);

describe('histories of releases', () => {
  it('there are some', () => expect(FILES.length).toBeGreaterThanOrEqual(16));

  it.each(FILES)('%s replays: trainings that ran under it survive the upgrade', async (name) => {
    await replay(name, read(name));
  });

  it('the check can fail: another order of steps is noticed', async () => {
    const name = FILES.find((file) => file.endsWith('succeeded-first-run.json')) ?? '';
    const history = read(name);
    const upload = history.events.find(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType.name === 'uploadPhotos',
    );
    if (upload?.activityTaskScheduledEventAttributes === undefined)
      throw new Error('no upload in the history');
    upload.activityTaskScheduledEventAttributes.activityType.name = 'submitTraining';
    await expect(replay(name, history)).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  });
});

test('what a test has started is fetched for its replay, so that an id without a run is an error', async () => {
  await expect(replayAll(testAccess(), new Set(['nobody-has-started-this']))).rejects.toThrow('not found');
});
