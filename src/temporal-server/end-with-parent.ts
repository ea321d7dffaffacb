import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/**
 * Kills `child`, which must have been spawned `detached`, and all that it started when this process ends, in whatever
 * way: on an exit at once, and after a signal (even SIGKILL) by a small shell that waits for the other end of its pipe
 * to close. The kernel closes it for a dead process; Node cannot ask Linux for PDEATHSIG, and macOS has none. Without
 * this a killed run leaves a server that holds the ports, or a download that goes on.
 */
export function endWithParent(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const killNow = () => {
    killGroup(pid);
  };
  process.once('exit', killNow);
  // Detached, or Ctrl-C would end the watcher before it has seen the pipe close.
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "-$0"', `${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined); // No /bin/sh: then only an exit is covered.
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  child.once('exit', () => {
    process.removeListener('exit', killNow);
    // Before the pid can belong to another process.
    watcher.kill('SIGKILL');
  });
}

/** SIGKILL to a detached child and everything in its process group. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
