import { parseArgs } from 'node:util';
import { startDarkroom } from './engines/darkroom/start-darkroom.mjs';
import { listenForInterrupts, pause } from './support/interrupt.mjs';
import { cpuOf, medianMegabytes } from './measure/running.mjs';
import { table } from './report.mjs';
import { startAll } from './start-all.mjs';
import { withEngine } from './with-engine.mjs';

/**
 * Darkroom alone: thousands wait; then its worker dies, and then the server. How long until each is watched again, and does
 * everything rush back at once?
 */

/** @typedef {Awaited<ReturnType<typeof startDarkroom>>} Running */
/** @typedef {import('./with-engine.mjs').Provider} Provider */

const { values } = parseArgs({
  options: {
    trainings: { type: 'string', default: '10000' },
    'window-s': { type: 'string', default: '60' },
    'away-s': { type: 'string', default: '10' },
  },
});
const trainings = Number(values.trainings);
const windowMs = Number(values['window-s']) * 1000;
const awayMs = Number(values['away-s']) * 1000;

/** Nothing ends meanwhile. The watcher looks every 2 s, as by default, and so at each training every 8 s. */
const PACE = { trainS: 6 * 3600, spreadS: 0, everyS: 8 };
/** After the last submission: until the looks are spread evenly. */
const SETTLED_MS = 3 * PACE.everyS * 1000;

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * What happens in the window, from now on.
 *
 * @param {string} title
 * @param {Running} running
 * @param {Provider} provider
 * @param {{ sinceMs: number } | null} outage
 */
async function measure(title, running, provider, outage) {
  const fromMs = Date.now();
  const [cpu, tasks] = [cpuOf(running), await running.server.workflowTasks()];
  const memory = medianMegabytes(running, windowMs);
  const seenAfterMs = outage === null ? null : await untilAllSeen(provider, outage.sinceMs);
  const { worker, server } = await memory;
  await pause(fromMs + windowMs - Date.now());
  const toMs = Date.now();
  const { calls, mostInASecond, gaps } = await provider.window(fromMs, toMs);
  const after = cpuOf(running);
  const seconds = (toMs - fromMs) / 1000;
  return {
    title,
    seenAfterS: seenAfterMs === null ? null : seenAfterMs / 1000,
    gapP50S: (gaps.p50Ms ?? NaN) / 1000,
    gapP95S: (gaps.p95Ms ?? NaN) / 1000,
    longestS: gaps.longestMs / 1000,
    callsPerSecond: Object.values(calls).reduce((sum, count) => sum + count, 0) / seconds,
    mostInASecond,
    ownLooks: calls['POST /fetch'] ?? 0,
    tasksPerSecond: ((await running.server.workflowTasks()) - tasks) / seconds,
    workerCpu: (after.workerCpuSeconds - cpu.workerCpuSeconds) / seconds,
    serverCpu: (after.serverCpuSeconds - cpu.serverCpuSeconds) / seconds,
    workerMegabytes: worker,
    serverMegabytes: server,
  };
}

/**
 * @param {Provider} provider
 * @param {number} sinceMs
 */
async function untilAllSeen(provider, sinceMs) {
  const fromMs = Date.now();
  while ((await provider.unseenSince(sinceMs)) > 0) await pause(250);
  return Date.now() - fromMs;
}

/** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

/** @type {[string, (row: Measured) => string][]} */
const COLUMNS = [
  ['', ({ title }) => title],
  ['all looked at again after, s', ({ seenAfterS }) => (seenAfterS === null ? '–' : seenAfterS.toFixed(1))],
  [
    'between two looks p50 / p95 / longest, s',
    (row) => [row.gapP50S, row.gapP95S, row.longestS].map((value) => value.toFixed(1)).join(' / '),
  ],
  [
    'calls a second (most in one)',
    (row) => `${row.callsPerSecond.toFixed(1)} (${row.mostInASecond}), ${row.ownLooks} own looks`,
  ],
  ['workflow tasks a second', ({ tasksPerSecond }) => tasksPerSecond.toFixed(1)],
  ['cores: worker + server', (row) => `${row.workerCpu.toFixed(2)} + ${row.serverCpu.toFixed(2)}`],
  ['MB: worker + server', (row) => `${row.workerMegabytes.toFixed(0)} + ${row.serverMegabytes.toFixed(0)}`],
];

listenForInterrupts();
/** @type {import('./engines/engine.mjs').Engine & { start: (where: import('./engines/engine.mjs').Surroundings) => Promise<Running> }} */
const darkroom = {
  title: 'Darkroom',
  versions: () => 'Darkroom',
  start: (surroundings) => startDarkroom(surroundings, { withWebhooks: false }),
};
await withEngine(darkroom, PACE, async (any, provider) => {
  const running = /** @type {Running} */ (any);
  say(`starting ${trainings}`);
  const { startsPerSecond } = await startAll(running, provider, { trainings, inFlight: 32 });
  say(`${startsPerSecond.toFixed(1)} starts a second; waiting`);
  await pause(SETTLED_MS);
  const rows = [await measure('waiting', running, provider, null)];

  say('worker killed');
  let sinceMs = Date.now();
  await running.killWorker();
  await pause(awayMs);
  await running.startWorker();
  rows.push(await measure('worker killed, a new one', running, provider, { sinceMs }));

  say('server killed');
  sinceMs = Date.now();
  await running.server.kill();
  await pause(awayMs);
  await running.server.start();
  rows.push(await measure('server killed, and back', running, provider, { sinceMs }));
  const head = COLUMNS.map(([name]) => name);
  const cells = rows.map((row) => COLUMNS.map(([, value]) => value(row)));
  process.stdout.write(`${table(head, cells).join('\n')}\n`);
});
