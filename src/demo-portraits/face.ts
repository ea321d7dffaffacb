import type { Layer, Rgb } from './canvas';
import { headShape, SKIN } from './person';
import { blend, bow, circle, ellipse, outside, union, within, without } from './shapes';

/** `turn` from -1 (to the left) to 1, `smile` from 0 to 1, `gaze` from -1 to 1. */
export interface Expression {
  turn: number;
  smile: number;
  gaze: number;
  teeth: boolean;
}

const SHADE: Rgb = [182, 116, 88];
const GLOW: Rgb = [247, 208, 178];
const BLUSH: Rgb = [222, 116, 98];
const LIP: Rgb = [184, 78, 76];
const BROW: Rgb = [66, 40, 32];
const LID: Rgb = [58, 34, 30];

/** Ears, head, light and shade, and all that is in the face. Same coordinates as `person.ts`. */
export function face(expression: Expression): Layer[] {
  const x = expression.turn * 0.16;
  const ears = union(ellipse(-0.75, 0.1, 0.12, 0.2), ellipse(0.75, 0.1, 0.12, 0.2));
  const shadeSide = expression.turn > 0 ? -1 : 1;
  return [
    { shape: ears, color: SHADE },
    { shape: headShape, color: SKIN },
    {
      shape: outside(ellipse(-shadeSide * 0.26, 0, 0.86, 1.1)),
      clip: headShape,
      color: SHADE,
      soft: 0.4,
      opacity: 0.6,
    },
    {
      shape: ellipse(-shadeSide * 0.2, -0.3, 0.4, 0.36),
      clip: headShape,
      color: GLOW,
      soft: 0.5,
      opacity: 0.6,
    },
    ...[-1, 1].map((side): Layer => {
      const cheek = ellipse(x + side * 0.42, 0.3, 0.2, 0.15);
      return { shape: cheek, clip: headShape, color: BLUSH, soft: 0.26, opacity: 0.4 };
    }),
    ...eye(x - 0.31, expression.gaze, -1),
    ...eye(x + 0.31, expression.gaze, 1),
    ...nose(x + expression.turn * 0.06),
    ...mouth(x + expression.turn * 0.03, expression),
    { shape: circle(x + 0.34, 0.42, 0.02), color: BROW, opacity: 0.8 },
  ];
}

function eye(x: number, gaze: number, side: number): Layer[] {
  const white = within(ellipse(x, 0.07, 0.165, 0.15), ellipse(x, -0.02, 0.17, 0.13));
  const iris = x + gaze * 0.05;
  return [
    { shape: ellipse(x, -0.04, 0.2, 0.12), color: SHADE, soft: 0.14, opacity: 0.45 },
    { shape: white, color: [250, 246, 242] },
    { shape: within(circle(iris, 0.015, 0.092), white), color: [70, 92, 62] },
    { shape: circle(iris, 0.015, 0.066), clip: white, color: [112, 132, 84], soft: 0.04 },
    { shape: circle(iris, 0.015, 0.043), color: [20, 16, 18] },
    { shape: circle(iris - 0.03, -0.02, 0.02), color: [255, 255, 255] },
    { shape: bow(x, 0, 0.18, -0.095, 0.026), color: LID },
    { shape: bow(x, 0.06, 0.15, 0.06, 0.008), color: SHADE, opacity: 0.8 },
    { shape: bow(x + side * 0.02, -0.2, 0.21, -0.075, 0.036), color: BROW, soft: 0.025 },
  ];
}

function nose(x: number): Layer[] {
  return [
    { shape: ellipse(x + 0.07, 0.2, 0.045, 0.17, 0.15), color: SHADE, soft: 0.1, opacity: 0.4 },
    { shape: ellipse(x - 0.02, 0.16, 0.04, 0.16), color: GLOW, soft: 0.08, opacity: 0.65 },
    { shape: bow(x, 0.34, 0.1, 0.035, 0.018), color: SHADE, soft: 0.02, opacity: 0.9 },
  ];
}

function mouth(x: number, { smile, teeth }: Expression): Layer[] {
  const half = 0.2 + smile * 0.09;
  const sag = 0.02 + smile * 0.09;
  const dimples = [-1, 1].map((side): Layer => {
    const dimple = ellipse(x + side * (half + 0.05), 0.58, 0.03, 0.07, side * 0.3);
    return { shape: dimple, color: SHADE, soft: 0.06, opacity: smile * 0.7 };
  });
  if (!teeth) {
    return [
      { shape: bow(x, 0.61, half, sag, 0.06), color: LIP, soft: 0.02, opacity: 0.85 },
      { shape: bow(x, 0.6, half, sag, 0.016), color: [128, 48, 52] },
      ...dimples,
    ];
  }
  const open = within(
    ellipse(x, 0.58, half, 0.17),
    without(ellipse(x, 0.7, 0.6, 0.2), ellipse(x, 0.44, 0.5, 0.13)),
  );
  const lips = blend(open, bow(x, 0.58, half, sag, 0.02), 0.05);
  return [
    { shape: (u, v) => lips(u, v) - 0.035, color: LIP },
    { shape: open, color: [96, 32, 38] },
    { shape: within(open, ellipse(x, 0.54, half * 0.95, 0.12)), color: [252, 249, 244] },
    ...dimples,
  ];
}
