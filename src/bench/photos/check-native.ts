import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sharp } from '../../photos/decoder';
import { encodeOnWhite } from '../../photos/encode';
import { decode } from '../../photos/decode';
import { RECIPE } from '../../photos/recipe';
import type { Examined } from '../../photos/examine';
import { inspect } from '../../photos/inspect';
import { meanDifference } from './mean-difference';

const VIPS = '/usr/bin/vips';
const MOST = 2;

/** A HEIC as the native library sees it: another build of libheif, and another way of color. */
export async function nativeProblem(file: string, examined: Examined): Promise<string[]> {
  if (!examined.readable || examined.findings.format !== 'heic' || !existsSync(VIPS)) return [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-native-'));
  try {
    const png = path.join(folder, 'native.png');
    // With nothing of this process around it: what sharp has blocked here would be blocked there.
    execFileSync(VIPS, ['icc_transform', file, png, 'srgb', '--embedded'], { env: {} });
    const bytes = await sharp(readFileSync(png), { limitInputPixels: false })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const picture = await inspect(bytes);
    if (!picture.readable) return [`${file}: too large to compare (${picture.reason})`];
    const native = await decode(bytes, picture);
    // The white around it is the same in both and would make any difference look smaller.
    const share = (native.width * native.height) / RECIPE.size ** 2;
    const difference = (await meanDifference(examined.jpeg, await encodeOnWhite(native))) / share;
    return difference > MOST
      ? [`${file}: differs from native libvips by ${difference.toFixed(1)} of 255`]
      : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
