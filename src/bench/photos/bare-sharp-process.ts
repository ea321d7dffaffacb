import sharp from 'sharp';
import { RECIPE } from '../../photos/recipe';

/** What sharp does when one asks it, as anyone would, for the same size, padding and coding. In a process of its own, like ours. */
async function bareSharp(file: string): Promise<number> {
  const cpu = process.cpuUsage();
  await sharp(file)
    .autoOrient()
    .resize(RECIPE.size, RECIPE.size, { fit: 'contain', background: RECIPE.background })
    .flatten({ background: RECIPE.background })
    .jpeg({ quality: RECIPE.quality, chromaSubsampling: RECIPE.chromaSubsampling })
    .toBuffer();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
}

process.on('disconnect', () => process.exit());
process.on('message', (file: string) => {
  bareSharp(file).then(
    (cpuMs) => process.send?.(cpuMs),
    () => process.exit(1),
  );
});
