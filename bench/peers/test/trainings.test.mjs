import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Trainings } from '../provider/trainings.mjs';

it('a training that nobody looks at has the longest gap', () => {
  const trainings = new Trainings(60_000, 0);
  const { id } = trainings.submit(0);
  trainings.submit(1000);
  for (const atMs of [5000, 10_000, 15_000]) trainings.look(id, atMs);
  const { count, p50Ms, longestMs } = trainings.gaps(6000, 16_000);
  assert.deepEqual({ count, p50Ms, longestMs }, { count: 2, p50Ms: 5000, longestMs: 15_000 });
});

it('the ends are spread evenly, and the same each time', () => {
  const ends = () => {
    const trainings = new Trainings(10_000, 5000);
    return Array.from({ length: 1000 }, () => trainings.submit(0).endsAtMs);
  };
  const first = ends();
  assert.deepEqual(ends(), first);
  const average = first.reduce((sum, ms) => sum + ms, 0) / first.length;
  assert.ok(Math.min(...first) >= 10_000 && Math.max(...first) <= 15_000);
  assert.ok(Math.abs(average - 12_500) < 50, `${average}`);
});

it('only the first look after the end says how late it was seen', () => {
  const trainings = new Trainings(1000, 0);
  const { id } = trainings.submit(0);
  for (const atMs of [999, 1400, 9000]) trainings.look(id, atMs);
  assert.equal(trainings.lateness().longestMs, 400);
});
