import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { postgresProgram } from './engines/dbos/start-postgres.mjs';
import { temporalCli } from './engines/temporal/temporal-cli.mjs';

/** Installs what the engines need: packages beside this file, and Redis and PostgreSQL of Debian where they are missing. */
const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
  execFileSync(program, args, { cwd: HERE, stdio: 'inherit' });
}

/** @param {string} program */
function isThere(program) {
  if (program.includes('/')) return existsSync(program);
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}

function missingDebianPackages() {
  return [
    ...(isThere('redis-server') ? [] : ['redis-server']),
    ...(isThere(postgresProgram('initdb')) ? [] : ['postgresql']),
  ];
}

// Without install scripts (.npmrc): none of the packages needs one.
run('npm', ['ci', '--no-audit', '--no-fund']);

const missing = missingDebianPackages();
if (missing.length > 0) {
  if (process.getuid?.() !== 0) throw new Error(`As root: apt-get install --yes ${missing.join(' ')}`);
  run('apt-get', ['update', '--quiet']);
  run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...missing]);
}
process.stdout.write(`The Temporal CLI is ${temporalCli()}\n`);
