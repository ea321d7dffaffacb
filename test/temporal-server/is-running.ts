import { execFileSync } from 'node:child_process';

/** A process that has ended and waits for its parent to ask (a zombie) does not count as running. */
export function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false; // ps found none
  }
}
