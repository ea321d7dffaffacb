import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { missingJar, testServerJars } from './test-server-jars';

/** Temporal's own test server, whose clock jumps to the next timer wherever nothing is under way. */
export interface TimeSkippingServer {
  address: string;
  stop(): Promise<void>;
}

/** A JVM that runs for seconds: small, with the quick compiler alone, or half of its time would go into the good one. */
const JVM_FLAGS = ['-Xmx128m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
const LAUNCHER = path.join(__dirname, 'LoopbackTestServer.java');
/** It needs 1 s. */
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5000;

/** Why the server cannot be started here, or null. Known at once, because Jest must know what to skip at once. */
export function whyNoTimeSkipping(): string | null {
  if (missingJar() !== null)
    return 'Temporal’s test server is not in the cache: node scripts/fetch-test-server.js fetches it';
  // The launcher is compiled as it is started, which a mere runtime cannot.
  const { status } = spawnSync('java', ['--describe-module', 'jdk.compiler'], { stdio: 'ignore' });
  return status === 0 ? null : 'no Java development kit (11 or newer) is on the PATH';
}

/** Resolves when it answers, after about 1 s. It ends with this process, even if that is killed. */
export async function startTimeSkippingServer(): Promise<TimeSkippingServer> {
  const args = [...JVM_FLAGS, '-cp', testServerJars().join(path.delimiter), LAUNCHER];
  const server = spawn('java', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  server.stdin.on('error', () => undefined); // it may be gone already
  const exited = once(server, 'exit').catch(() => undefined);
  const port = await portOf(server);
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      server.stdin.end();
      const patience = new AbortController();
      await Promise.race([exited, delay(STOP_LIMIT_MS, undefined, { signal: patience.signal })]);
      patience.abort();
      server.kill('SIGKILL');
      await exited;
    },
  };
}

/** It prints the port when it listens. */
async function portOf(server: ChildProcessByStdio<Writable, Readable, Readable>): Promise<string> {
  let output = '';
  server.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2000)));
  const timer = setTimeout(() => server.kill('SIGKILL'), START_LIMIT_MS);
  try {
    for await (const line of createInterface(server.stdout)) {
      const port = /^listening on port (\d+)$/.exec(line)?.[1];
      if (port !== undefined) return port;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`Temporal's test server did not start: ${output}`);
}
