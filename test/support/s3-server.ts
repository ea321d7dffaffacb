import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/config';
import { freePort } from '../../src/temporal-server/free-port';
import { describeWhere } from './required-or-skipped';
import { until } from './until';

const VERSION = '1.8.0';
const KEY = { AWS_ACCESS_KEY_ID: 'darkroom-test', AWS_SECRET_ACCESS_KEY: 'darkroom-test-secret' };

export interface S3Server {
  readonly endpoint: string;
  /** The folder that its buckets are in. */
  readonly folder: string;
  /** What a worker needs to find it, by variable name. */
  readonly env: Readonly<Record<string, string>>;
  makeBucket(name: string): void;
  stop(): Promise<void>;
}

function binary(): string {
  return path.join(readConfig().cacheDir, `versitygw-${VERSION}`, 'versitygw');
}

/** Why no real S3 server can be started here, or null. Known at once, because Jest must know what to skip at once. */
export function whyNoS3(): string | null {
  return existsSync(binary())
    ? null
    : 'the S3 server versitygw is not in the cache: node scripts/build-s3-server.js builds it, with Go';
}

/** `describe` where a server can be had, else a skip that says why; an error where tests must not be skipped. */
export function describeWithS3(title: string, body: () => void): void {
  describeWhere(whyNoS3(), { title, variable: 'DARKROOM_TEST_S3' }, body);
}

/** Versity's gateway over a folder of its own. The credentials go where the SDK looks for them: into the environment. */
export async function startS3Server(): Promise<S3Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-s3-'));
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const port = await freePort();
  const server = spawn(binary(), ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', data], {
    stdio: 'ignore',
    env: { ROOT_ACCESS_KEY: KEY.AWS_ACCESS_KEY_ID, ROOT_SECRET_KEY: KEY.AWS_SECRET_ACCESS_KEY },
  });
  const exited = once(server, 'exit').catch(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  await until('the S3 server answers', () =>
    fetch(endpoint).then(
      () => true,
      () => null,
    ),
  );
  Object.assign(process.env, KEY);
  return {
    endpoint,
    folder: data,
    env: { DARKROOM_S3_ENDPOINT: endpoint, ...KEY },
    makeBucket: (name) => mkdirSync(path.join(data, name)),
    async stop() {
      server.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
