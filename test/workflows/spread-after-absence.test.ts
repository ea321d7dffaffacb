import { spreadMs } from '../../src/workflows/spread-after-absence';
import type { TrainingRun } from '../../src/workflows/training-run';

const HOUR_MS = 3_600_000;
const runWith = (deadlineInMs: number) =>
  ({ progress: { deadlineAtMs: Date.now() + deadlineInMs } }) as unknown as TrainingRun;

test('a timer that a busy worker notices a little late is followed at once', () => {
  for (const lateMs of [-5, 0, 9_999]) expect(spreadMs(runWith(HOUR_MS), lateMs)).toBe(0);
});

test('ten thousand that were due while all workers were away come over five minutes, evenly', () => {
  const delays = Array.from({ length: 10_000 }, () => spreadMs(runWith(24 * HOUR_MS), HOUR_MS));
  expect(Math.max(...delays)).toBeLessThanOrEqual(300_000);
  const perMinute = [0, 1, 2, 3, 4].map(
    (minute) => delays.filter((ms) => Math.floor(ms / 60_000) === minute).length,
  );
  for (const count of perMinute) expect(count).toBeGreaterThan(1700);
});

test('a short absence is made up for in as short a time, and never past the deadline', () => {
  for (let n = 0; n < 1000; n += 1) {
    expect(spreadMs(runWith(24 * HOUR_MS), 20_000)).toBeLessThanOrEqual(20_000);
    expect(spreadMs(runWith(10_000), HOUR_MS)).toBeLessThanOrEqual(5000);
  }
});
