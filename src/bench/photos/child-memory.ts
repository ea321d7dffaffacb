import { readFileSync, readdirSync } from 'node:fs';

const LOOK_EVERY_MS = 20;

/**
 * Watches the most memory that any child of this process has ever held, by the system's own count (Linux: `VmHWM`), and
 * says it in bytes when it is stopped. Looks again and again, because a child that is killed takes its count with it.
 */
export function watchChildMemory(): { stop: () => number } {
  let peak = 0;
  const look = () => {
    for (const pid of childrenOf(process.pid)) peak = Math.max(peak, fieldOf(pid, 'VmHWM') * 1024);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

function childrenOf(parent: number): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && fieldOf(name, 'PPid') === parent);
}

function fieldOf(pid: string, name: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0; // it has just ended
  }
}
