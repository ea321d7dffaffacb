import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { median, percentile } from '../measure/percentile.mjs';
import { cpuSeconds, factsOf, megabytes, treesOf } from '../measure/process-tree.mjs';

it('percentiles are values that were measured; a median of two is between them', () => {
  assert.equal(percentile([5, 1, 3, 2, 4], 0.5), 3);
  assert.equal(percentile([5, 1, 3, 2, 4], 0.95), 5);
  assert.equal(median([4, 1]), 2.5);
  assert.equal(median([4, 1, 3]), 3);
  assert.ok(Number.isNaN(percentile([], 0.5)) && Number.isNaN(median([])));
});

it('reads a process whose name holds spaces and parentheses', () => {
  const stat = '42 (a b) c) S 7 42 42 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 99 0 0';
  assert.deepEqual(factsOf(stat), { parent: 7, ticks: 127 });
});

it('a tree is a process with all that it started', () => {
  const facts = (/** @type {number} */ parent) => ({ parent, ticks: 0 });
  const processes = new Map([
    [9, facts(3)],
    [2, facts(1)],
    [3, facts(2)],
    [4, facts(1)],
  ]);
  assert.deepEqual(treesOf([2], processes), [2, 3, 9]);
  assert.throws(() => treesOf([5], processes), /has ended/);
});

it('counts the CPU and memory of a child, and keeps the time of one that has ended', async () => {
  const burn = 'const until = Date.now() + 400; while (Date.now() < until);';
  const script = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}]); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  const { pid = 0 } = child;
  try {
    await delay(250);
    assert.ok(megabytes([pid]) > 10);
    for (let tries = 0; tries < 40 && cpuSeconds([pid]) < 0.3; tries += 1) await delay(100);
    const seconds = cpuSeconds([pid]);
    assert.ok(seconds >= 0.3, `${seconds}`);
    await delay(500);
    assert.ok(cpuSeconds([pid]) >= seconds);
  } finally {
    child.kill('SIGKILL');
  }
});
