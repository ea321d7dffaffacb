import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Debian's examples of libheif, whose decoder has had two names; null where they are not installed. */
const ENCODER = installed('heif-enc');
const DECODER = installed('heif-dec') ?? installed('heif-convert');

function installed(name: string): string | null {
  const file = path.join('/usr/bin', name);
  return existsSync(file) ? file : null;
}

/** A HEIC of the picture in `from`; false without an encoder. */
export function encodeHeic(from: string, to: string): boolean {
  if (ENCODER === null) return false;
  return spawnSync(ENCODER, ['-q', '50', from, '-o', to], { stdio: 'ignore' }).status === 0;
}

/** Processor time in milliseconds of native libheif's decoding into raw planes; null without it. */
export function nativeDecodeMs(heic: string, folder: string): number | null {
  if (DECODER === null) return null;
  const command = `TIMEFORMAT='%U %S'; time "$0" "$1" "$2" >/dev/null 2>&1`;
  const run = spawnSync('bash', ['-c', command, DECODER, heic, path.join(folder, 'native.y4m')], {
    encoding: 'utf8',
  });
  const [user = NaN, system = NaN] = run.stderr.trim().split(' ').map(Number);
  return run.status === 0 ? (user + system) * 1000 : null;
}
