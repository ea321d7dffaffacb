import path from 'node:path';
import { appendLine } from '../../src/cli/append-line';
import { installRuntime } from '../../src/worker-runtime';
import { testFolder } from './test-server';

// The SDK would print every change of state of every worker into the test report. Only for files that start a worker:
// a runtime that none has used keeps the process from ending.
installRuntime(appendLine(path.join(testFolder(), 'worker.log')));
