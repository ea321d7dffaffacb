import { sharp } from '../../photos/decoder';

const WIDTH = 4032;
const HEIGHT = 3024;

/** 12 MP JPEGs of about 3 MB, each with detail and noise of its own, as a phone would make them. */
export async function drawnPhotos(count: number): Promise<Buffer[]> {
  const photos: Buffer[] = [];
  for (let number = 0; number < count; number += 1) photos.push(await drawn(number));
  return photos;
}

async function drawn(number: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  const grain = await sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#888', noise },
  })
    .blur(0.7)
    .raw()
    .toBuffer();
  for (let y = 0; y < HEIGHT; y += 1) {
    const shade = Math.round(60 * Math.sin((y + number * 200) / 300));
    for (let at = y * WIDTH * 3; at < (y + 1) * WIDTH * 3; at += 1)
      grain[at] = Math.min(Math.max((grain[at] ?? 0) + shade, 0), 255);
  }
  return sharp(grain, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}
