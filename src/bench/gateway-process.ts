import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { readConfig } from '../config';

/** `darkroom gateway` in a process of its own, whose memory can be read. */
export async function startGatewayProcess(
  temporalAddress: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [path.join(__dirname, '../cli/main.js'), 'gateway', '--port', '0'], {
    env: {
      PATH: readConfig().temporal.searchPath,
      TEMPORAL_ADDRESS: temporalAddress,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /Gateway ready: (\S+)/.exec(ready.toString())?.[1];
  if (url === undefined) throw new Error(`the gateway said: ${ready.toString()}`);
  return { child, url };
}
