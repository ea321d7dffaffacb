import { readFileSync } from 'node:fs';

/** Linux counts a process's time in these, whatever its clock: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;
/** Of the fields behind the name, which is in parentheses and may hold anything. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/** Linux: `VmRSS` of /proc. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** In user and system mode since it began, in milliseconds, without the processes that it has started. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * 1000) / TICKS_PER_SECOND;
}
