import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Linux, /proc: a process counts with all that it has started, such as the backends of a database. */

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** @typedef {{ parent: number, ticks: number }} ProcessFacts */

/**
 * CPU time of the trees below these processes since they began, without gaps where a child ends: the time of a child
 * that was waited for is its parent's.
 *
 * @param {readonly number[]} roots
 */
export function cpuSeconds(roots) {
  const processes = readProcesses();
  const ticks = treesOf(roots, processes).map((pid) => processes.get(pid)?.ticks ?? 0);
  return sum(ticks) / TICKS_PER_SECOND;
}

/**
 * Proportional set size: what processes share is counted once over all of them.
 *
 * @param {readonly number[]} roots
 */
export function megabytes(roots) {
  return sum(treesOf(roots, readProcesses()).map(proportionalKilobytes)) / 1024;
}

/**
 * @param {readonly number[]} roots
 * @param {ReadonlyMap<number, ProcessFacts>} processes
 */
export function treesOf(roots, processes) {
  for (const root of roots) if (!processes.has(root)) throw new Error(`process ${root} has ended`);
  const found = new Set(roots);
  // A set grows while it is walked, and what is added is walked as well.
  for (const pid of found) for (const [child, { parent }] of processes) if (parent === pid) found.add(child);
  return [...found];
}

/** @returns {Map<number, ProcessFacts>} */
function readProcesses() {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((pid) => {
      const stat = readIfThere(`/proc/${pid}/stat`);
      return stat === null ? [] : [[Number(pid), factsOf(stat)]];
    }),
  );
}

/**
 * The second field is a name in parentheses that may hold anything.
 *
 * @param {string} stat
 * @returns {ProcessFacts}
 */
export function factsOf(stat) {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  return { parent, ticks: sum(fields.slice(11, 15)) }; // its own time in user and system mode, then its children's
}

/** @param {number} pid */
function proportionalKilobytes(pid) {
  const text = readIfThere(`/proc/${pid}/smaps_rollup`) ?? '';
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // It ended in between.
  }
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
