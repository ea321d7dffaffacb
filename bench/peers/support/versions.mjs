import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PACKAGES = new URL('../node_modules/', import.meta.url);

/** @param {string} name of an installed package */
export function packageVersion(name) {
  const file = new URL(`${name}/package.json`, PACKAGES);
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}

/**
 * The first number with dots in what a program says of itself.
 *
 * @param {string} program
 * @param {RegExp} pattern
 */
export function programVersion(program, pattern = /\d+\.\d+(\.\d+)?/) {
  return pattern.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0] ?? 'unknown';
}
