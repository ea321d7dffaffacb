import { spawnSync } from 'node:child_process';

/** Numbers of the processes that a process has started and that still run. */
export function childrenOf(pid: number | undefined): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', `${pid ?? 0}`], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}
