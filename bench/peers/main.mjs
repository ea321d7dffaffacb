import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { chargesOf } from './charges.mjs';
import { loadEngine } from './engines/engine.mjs';
import { oneRun } from './one-run.mjs';
import { HELP, readOptions } from './options.mjs';
import { chargesTable, phasesTable } from './report.mjs';
import { listenForInterrupts, wasInterrupted } from './support/interrupt.mjs';
import { programVersion } from './support/versions.mjs';
import { NODE } from './support/worker-process.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {Awaited<ReturnType<typeof enginesOf>>[number]} Named */

/** @param {Options} options */
async function enginesOf({ engines }) {
  return Promise.all(
    engines.map(async (name) => {
      const engine = await loadEngine(name);
      return { name, engine, title: engine.title, versions: engine.versions() };
    }),
  );
}

/**
 * One after the other, all of them once before any of them a second time: what drifts, drifts for all.
 *
 * @param {readonly Named[]} engines
 * @param {Options} options
 */
async function measurePhases(engines, options) {
  const results = engines.map((named) => ({
    ...named,
    runs: /** @type {import('./one-run.mjs').Run[]} */ ([]),
  }));
  for (let run = 1; run <= options.runs; run += 1)
    for (const { name, engine, runs } of results) {
      runs.push(
        await oneRun(engine, options, (line) => say(`${name}, run ${run} of ${options.runs}: ${line}`)),
      );
      save(options, { phases: results.map(({ name, versions, runs }) => ({ name, versions, runs })) });
    }
  return phasesTable(results);
}

/**
 * @param {readonly Named[]} engines
 * @param {Options} options
 */
async function measureCharges(engines, options) {
  const results = [];
  for (const { name, engine, title, versions } of engines) {
    const row = await chargesOf(engine, options.chargesS, (line) => say(`${name}: ${line}`));
    results.push({ name, title, versions, row });
    save(options, { charges: results });
  }
  return chargesTable(results, options.chargesS);
}

/**
 * @param {Options} options
 * @param {Record<string, unknown>} measured
 */
function save({ out, ...settings }, measured) {
  if (out === null) return;
  writeFileSync(out, `${JSON.stringify({ machine: machine(), settings, ...measured }, null, 2)}\n`);
}

function machine() {
  const [cpu] = os.cpus();
  return {
    cpus: os.cpus().length,
    model: cpu?.model.trim() ?? 'unknown',
    gigabytes: Math.round(os.totalmem() / 1024 ** 3),
    workerNode: programVersion(NODE),
    harnessNode: process.versions.node,
  };
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  listenForInterrupts();
  const engines = await enginesOf(options);
  const measured = options.charges
    ? await measureCharges(engines, options)
    : await measurePhases(engines, options);
  const { cpus, model, gigabytes, workerNode } = machine();
  const versions = engines.map(({ versions }) => versions).join('; ');
  process.stdout.write(`${measured.join('\n')}\n\n${versions}; workers on Node ${workerNode}; `);
  process.stdout.write(`${cpus} × ${model}, ${gigabytes} GB\n`);
}

main().then(
  () => process.exit(),
  (error) => {
    if (wasInterrupted()) process.exit(130);
    console.error(error);
    process.exit(1);
  },
);
