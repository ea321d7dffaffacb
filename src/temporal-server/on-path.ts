import { cliVersion } from './cli-version';
import { findExecutable } from './find-executable';
import type { CliSearch, CliWay, WayResult } from './cli-way';

async function find({ searchPath, onStep, signal }: CliSearch): Promise<WayResult> {
  const file = await findExecutable('temporal', searchPath);
  if (file === null) return { reason: 'none there' };
  const answer = await cliVersion(file, signal);
  if ('version' in answer) return { path: file };
  // The user sees `temporal` in their shell and would wonder why another one runs.
  onStep(`Not using the temporal on the PATH: ${answer.reason}.`);
  return answer;
}

export const onPath: CliWay = { source: 'path', title: 'temporal on the PATH', find };
