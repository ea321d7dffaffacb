import path from 'node:path';
import { appendLine } from '../../src/cli/append-line';
import { installRuntime } from '../../src/worker-runtime';
import { testFolder } from './test-server';

let isQuiet = false;

/**
 * Before the first worker of a test file: the SDK would print every change of state of every worker into the report. Not
 * earlier, because a runtime that no worker has used keeps the process from ending.
 */
export function quietSdk(): void {
  if (!isQuiet) installRuntime(appendLine(path.join(testFolder(), 'worker.log')));
  isQuiet = true;
}
