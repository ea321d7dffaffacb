import { sharp } from '../../photos/decoder';

/** Of two pictures of the same size, over all channels, 0 to 255. */
export async function meanDifference(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer()));
  if (one === undefined || other?.length !== one.length) return Infinity;
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  return sum / one.length;
}
