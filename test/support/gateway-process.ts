import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from './run-cli';
import { addressOf } from '../../src/temporal-connection';
import { testAccess } from './test-server';

/** `darkroom gateway` in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  /** What it has written to stderr. */
  log(): string;
  /** SIGTERM, and the exit code; null after `kill`. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** @param address Temporal, or what stands between */
export async function spawnGateway(
  secret: string,
  address = addressOf(testAccess()),
  env: Record<string, string> = {},
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [MAIN, 'gateway', '--port', '0'], {
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: testAccess().namespace,
      DARKROOM_WEBHOOK_SECRETS: secret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ended = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /Gateway ready: (http:\/\/127\.0\.0\.1:\d+) /.exec(ready.toString())?.[1] ?? '';
  return {
    url,
    log: () => output,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL').then(() => undefined),
  };
}
