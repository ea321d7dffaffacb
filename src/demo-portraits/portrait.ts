import { paintBackdrop, type Backdrop } from './backdrops';
import { addGrain, createCanvas, viewAt, type Canvas, type Rgb } from './canvas';
import { face, type Expression } from './face';
import { paint } from './paint';
import { body, glasses, hairBehind, hairInFront, hat, type Outfit } from './person';

/** Sizes in pixels, upright. `head` is the head's half height and `x`, `y` its middle, as parts of the short side. */
export interface PortraitSpec {
  width: number;
  height: number;
  backdrop: Backdrop;
  outfit: Outfit;
  color: Rgb;
  head: number;
  x: number;
  y: number;
  tilt: number;
  expression: Expression;
  glasses?: boolean;
  hat?: Rgb;
}

/** Draws the person upright; the same spec gives the same pixels. */
export function drawPortrait(spec: PortraitSpec, seed: number): Canvas {
  const canvas = createCanvas(spec.width, spec.height);
  const short = Math.min(spec.width, spec.height);
  const x = spec.width / 2 + spec.x * short;
  const y = spec.y * short;
  const upright = viewAt(x, y, spec.head * short);
  const head = viewAt(x, y, spec.head * short, spec.tilt);
  const { turn } = spec.expression;

  paintBackdrop(canvas, spec.backdrop);
  paint(canvas, head, hairBehind);
  paint(canvas, upright, body(spec.outfit, spec.color));
  paint(canvas, head, [
    ...face(spec.expression),
    ...hairInFront(turn),
    ...(spec.glasses ? glasses(turn) : []),
    ...(spec.hat ? hat(spec.hat) : []),
  ]);
  addGrain(canvas, 3, seed);
  return canvas;
}
