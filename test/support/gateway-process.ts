import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from './run-cli';
import { testAccess } from './test-server';

/** `darkroom gateway` in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  /** What it has written to stderr. */
  log(): string;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

export async function spawnGateway(secret: string): Promise<GatewayProcess> {
  const { connectionOptions, namespace } = testAccess();
  const child = spawn(process.execPath, [MAIN, 'gateway', '--port', '0'], {
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: connectionOptions.address,
      TEMPORAL_NAMESPACE: namespace,
      DARKROOM_WEBHOOK_SECRETS: secret,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /Gateway ready: (http:\/\/127\.0\.0\.1:\d+) /.exec(ready.toString())?.[1] ?? '';
  return {
    url,
    log: () => output,
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}
