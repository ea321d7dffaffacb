import { encodePortrait } from './encode-portrait';
import { drawPortrait } from './portrait';
import { VARIANTS } from './variants';

/**
 * The demo's photos of a person who does not exist: file names and bytes, the same at every call with one libvips.
 * Twelve come out well (some turned, transparent, or with a place in them), `13-mirrored.jpg` repeats one of them,
 * `14-cut-off.jpg` breaks off. Painted into memory here, because the SVG loader is blocked in this process.
 */
export async function drawPortraits(): Promise<{ name: string; bytes: Buffer }[]> {
  const portraits: { name: string; bytes: Buffer }[] = [];
  for (const [index, { name, spec, storage }] of VARIANTS.entries()) {
    portraits.push({ name, bytes: await encodePortrait(drawPortrait(spec, index + 1), storage) });
  }
  return portraits;
}
