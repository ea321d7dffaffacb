import type { Shape } from './shapes';

const { imul } = Math;

export type Rgb = readonly [red: number, green: number, blue: number];

/** RGBA pixels, 8 bits each, row by row; transparent at first. */
export interface Canvas {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Where shape coordinates lie on the canvas: the pixel of (0,0), pixels to a unit, and the turn over that scale. */
export interface View {
  x: number;
  y: number;
  scale: number;
  cos: number;
  sin: number;
}

/** `turn` in radians, clockwise. */
export function viewAt(x: number, y: number, scale: number, turn = 0): View {
  return { x, y, scale, cos: Math.cos(turn) / scale, sin: Math.sin(turn) / scale };
}

/** `soft` (in units) fades the shape's edge, `clip` cuts it sharply, `opacity` is 0 to 1. */
export interface Layer {
  shape: Shape;
  color: Rgb;
  soft?: number;
  clip?: Shape;
  opacity?: number;
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** Fills everything from `from` at the top to `to` at the bottom. */
export function fillGradient({ data, width, height }: Canvas, from: Rgb, to: Rgb): void {
  for (let y = 0; y < height; y++) {
    const part = y / height;
    const red = from[0] + (to[0] - from[0]) * part;
    const green = from[1] + (to[1] - from[1]) * part;
    const blue = from[2] + (to[2] - from[2]) * part;
    for (let at = y * width * 4; at < (y + 1) * width * 4; at += 4) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = 255;
    }
  }
}

/** Film grain, the same in every run: flat areas would be too clean for a photo, and show the bands of a gradient. */
export function addGrain({ data }: Canvas, strength: number, seed: number): void {
  let state = seed;
  for (let at = 0; at < data.length; at += 4) {
    // Numerical Recipes' generator; only its upper bits are random enough.
    state = (imul(state, 1664525) + 1013904223) | 0;
    const noise = (state >> 24) * (strength / 128);
    data[at] = (data[at] ?? 0) + noise;
    data[at + 1] = (data[at + 1] ?? 0) + noise;
    data[at + 2] = (data[at + 2] ?? 0) + noise;
  }
}
