import sharp from 'sharp';

const GREY = { r: 120, g: 120, b: 120 };

/** A plain grey picture of the given size. */
export function jpeg(width = 640, height = 640): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: GREY } })
    .jpeg()
    .toBuffer();
}

export function png(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 640, channels: 3, background: GREY } })
    .png()
    .toBuffer();
}

/** As many good pictures as asked for, as an upload carries them. */
export async function base64Images(count: number): Promise<string[]> {
  const image = (await jpeg()).toString('base64');
  return Array.from({ length: count }, () => image);
}
