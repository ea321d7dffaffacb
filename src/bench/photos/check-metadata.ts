import { sharp } from '../../photos/decoder';
import type { Examined } from '../../photos/examine';

/** Whatever an input says of a person, a place or a camera, the pictures made of it say nothing. */
export async function metadataProblem(file: string, examined: Examined): Promise<string[]> {
  const pictures = [examined.readable ? examined.jpeg : null, examined.thumbnail].filter(
    (one) => one !== null,
  );
  const problems: string[] = [];
  for (const picture of pictures) {
    const { exif, icc, xmp, iptc, gainMap } = await sharp(picture).metadata();
    if ([exif, icc, xmp, iptc, gainMap].some((one) => one !== undefined))
      problems.push(`${file}: metadata is left`);
  }
  if (!examined.readable) return problems;
  const { width, height, space } = await sharp(examined.jpeg).metadata();
  if (width !== 640 || height !== 640 || space !== 'srgb')
    problems.push(`${file}: ${width}×${height} ${space}`);
  return problems;
}
