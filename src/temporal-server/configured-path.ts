import { cliVersion } from './cli-version';
import { whyNotExecutable } from './find-executable';
import type { CliSearch, CliWay, WayResult } from './cli-way';

/** DARKROOM_TEMPORAL_CLI names a file that cannot be used. Falling back to another CLI would hide the mistake. */
export class ConfiguredCliError extends Error {
  override readonly name = 'ConfiguredCliError';
}

async function find({ cliPath, signal }: CliSearch): Promise<WayResult> {
  if (cliPath === null) return { reason: 'not set' };
  const problem = await whyNotExecutable(cliPath);
  if (problem !== null) throw wrong(`${cliPath} ${problem}`);
  const answer = await cliVersion(cliPath, signal);
  if ('reason' in answer) throw wrong(answer.reason);
  return { path: cliPath };
}

function wrong(what: string): ConfiguredCliError {
  return new ConfiguredCliError(
    `DARKROOM_TEMPORAL_CLI cannot be used: ${what}. Set it to the path of a Temporal CLI, or unset it to have one found or fetched.`,
  );
}

export const configuredPath: CliWay = { source: 'configured', title: 'DARKROOM_TEMPORAL_CLI', find };
