import sharp from 'sharp';

// libvips would keep decoded pixels for calls that never come: 137 MB instead of 88 MB for 12 MP photos.
sharp.cache(false);
// One photo gains nothing from more threads, and sharp takes every core as soon as MALLOC_ARENA_MAX is set.
sharp.concurrency(1);

// libvips also reads SVG (1.2 kB can cost 5 s of CPU), GIF, PDF and files of ImageMagick. Only these five may open a
// file. The block holds for the whole process, for everyone who uses sharp in it.
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Tiff'] as const;
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((loader) => `VipsForeignLoad${loader}`) });

export const decoderVersion = sharp.versions.vips;

/** The only door to sharp: import it from anywhere else and the block above may not be in force yet. */
export { sharp };
export type { Sharp } from 'sharp';
