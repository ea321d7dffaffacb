import type { Examined } from '../../photos/examine';
import { meanDifference } from './mean-difference';

/** Such files carry their own number in large digits; a picture that is turned wrong differs by more than 40. */
const MOST = 12;

/** Files that hold one picture in all EXIF orientations must come out alike: `NAME_1.jpg` is the upright one. */
export async function likenessProblems(seen: ReadonlyMap<string, Examined>): Promise<string[]> {
  const problems: string[] = [];
  for (const [file, turned] of seen) {
    const upright = seen.get(file.replace(/_[0-8](\.\w+)$/, '_1$1'));
    if (!turned.readable || upright === undefined || upright === turned || !upright.readable) continue;
    const difference = await meanDifference(turned.jpeg, upright.jpeg);
    if (difference > MOST)
      problems.push(`${file}: differs from the upright one by ${difference.toFixed(1)} of 255`);
  }
  return problems;
}
