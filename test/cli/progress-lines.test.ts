import { stripVTControlCharacters } from 'node:util';
import { progressLines } from '../../src/cli/progress-lines';
import type { TrainStatus } from '../../src/contract/status';

const NOW_MS = Date.UTC(2030, 0, 1, 12);
const status: TrainStatus = {
  id: 'train-s-1',
  state: 'normalizing',
  provider: 'apiframe',
  subject: 's-1',
  line: 'Normalizing 14 photos',
  photoCount: 14,
  photos: [],
  uploads: 0,
  submissions: 0,
  lookUps: 0,
  trainingId: null,
  triggerWord: null,
  results: [],
  credits: { reserved: 0, spent: 0 },
  charge: 'none',
  percent: null,
  photoSummary: null,
  photosDone: null,
  providerWord: null,
  polls: 0,
  failedPollsInARow: 0,
  lastAnswerAt: null,
  nextPollAt: null,
  expectedEndAt: null,
  deadlineAt: null,
  failure: null,
};

const lines = (changes: Partial<TrainStatus>) =>
  progressLines({ status: { ...status, ...changes }, nowMs: NOW_MS }).map(stripVTControlCharacters);

describe('the bars of a running training', () => {
  it('count photos while they are normalized', () => {
    const [, normalize = ''] = lines({ photosDone: 7 });
    expect(normalize).toContain(`${'█'.repeat(12)}${'░'.repeat(12)}  7/14 photos`);
  });

  it('show percent, next look and credits while it trains', () => {
    const text = lines({
      state: 'training',
      uploads: 1,
      trainingId: 't-1',
      percent: 50,
      credits: { reserved: 0, spent: 50 },
      nextPollAt: new Date(NOW_MS + 30_000).toISOString(),
    }).join('\n');
    expect(text).toContain('50 %, next look in 30 s');
    expect(text).toContain('accepted, t-1');
    expect(text).toContain('50 spent');
  });

  it('never draw outside the bar, whatever the percent', () => {
    for (const percent of [-5, 0, 33.3, 100, 900]) {
      const bar = lines({ state: 'training', percent })[4]?.match(/[█░]+/)?.[0];
      expect(bar).toHaveLength(24);
    }
  });

  it('say what is wrong in words when something is', () => {
    const line = 'A person must decide · submission 1 to APIFRAME has an unknown outcome';
    expect(lines({ state: 'needs-decision', line }).join('\n')).toContain(line);
    expect(lines({ state: 'training', failedPollsInARow: 2, line: 'no usable answer' }).join('\n')).toContain(
      'no usable answer',
    );
  });
});
