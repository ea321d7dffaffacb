import type { Canvas, Layer, Rgb, View } from './canvas';
import type { Shape } from './shapes';

// Taken out of the global object once: Jest looks a global up at every use, which took 15 times as long.
const { max, min } = Math;

const WHOLE = 256;
const LEAF = 8;

/** Paints layers one over the other, with smooth edges. */
export function paint(canvas: Canvas, view: View, layers: readonly Layer[]): void {
  for (const layer of layers) {
    for (let top = 0; top < canvas.height; top += WHOLE) {
      for (let left = 0; left < canvas.width; left += WHOLE)
        paintSquare(canvas, view, layer, left, top, WHOLE);
    }
  }
}

/** Most squares lie all outside or all inside a shape: one look at the middle tells, and only edges are looked at. */
function paintSquare(
  canvas: Canvas,
  view: View,
  layer: Layer,
  left: number,
  top: number,
  side: number,
): void {
  if (left >= canvas.width || top >= canvas.height) return;
  const pixel = 1 / view.scale;
  const soft = max(layer.soft ?? 0, pixel);
  const reach = 0.75 * side * pixel;
  const middle = distance(layer.shape, view, left + side / 2, top + side / 2);
  if (middle > reach + soft / 2) return;
  const clip = layer.clip ? distance(layer.clip, view, left + side / 2, top + side / 2) : -Infinity;
  if (clip > reach + pixel) return;

  const gentle = soft > 3 * side * pixel;
  const unclipped = clip < -reach - pixel;
  if (unclipped && middle < -reach - soft / 2) {
    paintPixels(canvas, layer, left, top, side, () => 1);
  } else if (side > LEAF && !(gentle && unclipped)) {
    const half = side / 2;
    paintSquare(canvas, view, layer, left, top, half);
    paintSquare(canvas, view, layer, left + half, top, half);
    paintSquare(canvas, view, layer, left, top + half, half);
    paintSquare(canvas, view, layer, left + half, top + half, half);
  } else {
    const faded = gentle ? slopes(layer.shape, view, left, top, side) : exact(layer.shape, view);
    const sharp = unclipped || !layer.clip ? undefined : exact(layer.clip, view);
    paintPixels(canvas, layer, left, top, side, (column, row) => {
      const cover = min(1, 0.5 - faded(column, row) / soft);
      return sharp && cover > 0 ? cover * min(1, 0.5 - sharp(column, row) / pixel) : cover;
    });
  }
}

type PerPixel = (column: number, row: number) => number;

function exact(shape: Shape, view: View): PerPixel {
  return (column, row) => distance(shape, view, column + 0.5, row + 0.5);
}

/** For wide soft edges: looks at a square's corners alone and goes straight in between. */
function slopes(shape: Shape, view: View, left: number, top: number, side: number): PerPixel {
  const a = distance(shape, view, left, top);
  const b = distance(shape, view, left + side, top);
  const c = distance(shape, view, left, top + side);
  const d = distance(shape, view, left + side, top + side);
  return (column, row) => {
    const x = (column + 0.5 - left) / side;
    const y = (row + 0.5 - top) / side;
    return (a + (b - a) * x) * (1 - y) + (c + (d - c) * x) * y;
  };
}

function distance(shape: Shape, view: View, column: number, row: number): number {
  const dx = column - view.x;
  const dy = row - view.y;
  return shape(view.cos * dx + view.sin * dy, view.cos * dy - view.sin * dx);
}

function paintPixels(
  canvas: Canvas,
  layer: Layer,
  left: number,
  top: number,
  side: number,
  cover: PerPixel,
): void {
  const { width, height, data } = canvas;
  const { color, opacity = 1 } = layer;
  const right = min(left + side, width);
  const bottom = min(top + side, height);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const amount = cover(column, row) * opacity;
      if (amount > 0) mix(data, (row * width + column) * 4, color, amount);
    }
  }
}

/** Puts a color over a pixel that may be transparent itself. */
function mix(data: Uint8ClampedArray, at: number, color: Rgb, amount: number): void {
  if (amount === 1) {
    data[at] = color[0];
    data[at + 1] = color[1];
    data[at + 2] = color[2];
    data[at + 3] = 255;
    return;
  }
  const under = (data[at + 3] ?? 0) / 255;
  const alpha = amount + under * (1 - amount);
  const share = amount / alpha;
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  data[at] = red + (color[0] - red) * share;
  data[at + 1] = green + (color[1] - green) * share;
  data[at + 2] = blue + (color[2] - blue) * share;
  data[at + 3] = alpha * 255;
}
