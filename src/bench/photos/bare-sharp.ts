import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Bare sharp in a process of its own. `cpuMs` of one photo. */
export interface BareSharp {
  cpuMs(file: string): Promise<number>;
  close(): void;
}

export function bareSharp(): BareSharp {
  const child = fork(path.join(__dirname, 'bare-sharp-process.js'));
  return {
    async cpuMs(file) {
      child.send(file);
      const [cpuMs] = (await once(child, 'message')) as [number];
      return cpuMs;
    },
    close: () => child.disconnect(),
  };
}
