import type { Box, Raster } from '../raster';

/** A picture inside a black square, and how to come back from shares of the square to shares of the picture. */
export interface Letterbox {
  /** Red, green, blue from -1 to 1, row by row. */
  input: Float32Array;
  toPicture: (box: Box) => Box;
}

/** Each value is the mean of the pixels that it stands for. */
export function letterbox({ width, height, data }: Raster, side: number): Letterbox {
  const scale = side / Math.max(width, height);
  const fittedWidth = Math.max(1, Math.round(width * scale));
  const fittedHeight = Math.max(1, Math.round(height * scale));
  const left = Math.floor((side - fittedWidth) / 2);
  const top = Math.floor((side - fittedHeight) / 2);
  const input = new Float32Array(side * side * 3).fill(-1);
  for (let y = 0; y < fittedHeight; y += 1) {
    const fromY = Math.floor((y * height) / fittedHeight);
    const toY = Math.max(fromY + 1, Math.floor(((y + 1) * height) / fittedHeight));
    for (let x = 0; x < fittedWidth; x += 1) {
      const fromX = Math.floor((x * width) / fittedWidth);
      const toX = Math.max(fromX + 1, Math.floor(((x + 1) * width) / fittedWidth));
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = fromY; v < toY; v += 1)
        for (let u = fromX, at = (v * width + fromX) * 3; u < toX; u += 1, at += 3) {
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
        }
      const weight = 1 / ((toX - fromX) * (toY - fromY) * 127.5);
      const at = ((y + top) * side + x + left) * 3;
      input[at] = red * weight - 1;
      input[at + 1] = green * weight - 1;
      input[at + 2] = blue * weight - 1;
    }
  }
  return {
    input,
    toPicture: (box) => ({
      left: (box.left * side - left) / fittedWidth,
      top: (box.top * side - top) / fittedHeight,
      width: (box.width * side) / fittedWidth,
      height: (box.height * side) / fittedHeight,
    }),
  };
}
