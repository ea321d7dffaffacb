#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings';
import { EXIT } from './exit-code';
import { program } from './program';
import { reportFailure } from './report-failure';

/** Each command is loaded when it is called, so that `--help` needs neither Temporal nor sharp. */
async function main(): Promise<void> {
  // `darkroom list | head -1`: who reads has gone, and that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    else process.exitCode = reportFailure(error);
  }
}

void main();
