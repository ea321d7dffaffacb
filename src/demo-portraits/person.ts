import type { Layer, Rgb } from './canvas';
import { blend, box, circle, ellipse, rim, stroke, union, within, without, type Shape } from './shapes';

/** The one person of the demo. Coordinates: the head's middle is (0,0), its half height is 1, y goes down. */
export const SKIN: Rgb = [226, 172, 138];
const SKIN_SHADE: Rgb = [186, 124, 94];
const HAIR: Rgb = [74, 44, 34];
const HAIR_DARK: Rgb = [50, 29, 24];
const HAIR_LIGHT: Rgb = [136, 86, 60];
const DARK: Rgb = [40, 26, 26];

export type Outfit = 'tee' | 'shirt' | 'sweater' | 'jacket';

export const headShape = blend(ellipse(0, -0.1, 0.76, 0.84), ellipse(0, 0.44, 0.5, 0.52), 0.3);

const hairOutline = blend(ellipse(0, -0.24, 0.96, 0.96), box(0, 0.4, 0.93, 0.75, 0.4), 0.5);

/** Hair that falls behind neck and shoulders. */
export const hairBehind: Layer[] = [
  { shape: hairOutline, color: HAIR_DARK },
  { shape: ellipse(-0.5, 0.1, 0.6, 1.2), clip: hairOutline, color: HAIR, soft: 0.3, opacity: 0.7 },
];

/** Hair over the forehead, parted at one side, with a few lighter strands. */
export function hairInFront(turn: number): Layer[] {
  const face = union(
    ellipse(0.24 + turn * 0.14, 0.5, 0.78, 1.06, 0.28),
    ellipse(-0.5 + turn * 0.14, 0.56, 0.42, 0.86, -0.3),
  );
  const front = without(within(hairOutline, ellipse(0, -0.2, 0.96, 0.98)), face);
  return [
    { shape: front, color: HAIR },
    {
      shape: ellipse(-0.28, -0.74, 0.5, 0.22, -0.4),
      clip: front,
      color: HAIR_LIGHT,
      soft: 0.3,
      opacity: 0.55,
    },
    ...[0.5, 0.62, 0.74, 0.86].map((size) => ({
      shape: rim(ellipse(0.16, 0.42, size, 1.2 + size * 0.25, 0.22), 0.016),
      clip: front,
      color: HAIR_LIGHT,
      soft: 0.03,
      opacity: 0.35,
    })),
  ];
}

function toward([red, green, blue]: Rgb, end: number, part: number): Rgb {
  const move = (value: number) => value + (end - value) * part;
  return [move(red), move(green), move(blue)];
}

export function body(outfit: Outfit, color: Rgb): Layer[] {
  const shade = toward(color, 0, 0.28);
  const light = toward(color, 255, 0.25);
  const neck = blend(box(0, 1.05, 0.33, 0.6, 0.1), ellipse(0, 1.72, 0.62, 0.24), 0.3);
  const torso = blend(ellipse(0, 2.95, 1.72, 1.42), box(0, 4.4, 1.78, 2.3, 0.6), 0.4);
  const cloth = without(torso, ellipse(0, 1.36, 0.5, 0.46));
  return [
    { shape: neck, color: SKIN },
    { shape: ellipse(0.04, 0.86, 0.5, 0.46), clip: neck, color: SKIN_SHADE, soft: 0.35, opacity: 0.75 },
    { shape: cloth, color },
    { shape: ellipse(1.5, 3.4, 0.9, 2.2), clip: cloth, color: shade, soft: 1, opacity: 0.6 },
    { shape: ellipse(-1, 2.2, 0.6, 0.5), clip: cloth, color: light, soft: 0.8, opacity: 0.5 },
    ...details(outfit, cloth, shade, light),
  ];
}

function details(outfit: Outfit, cloth: Shape, shade: Rgb, light: Rgb): Layer[] {
  const neckline = rim(ellipse(0, 1.36, 0.54, 0.5), 0.055);
  if (outfit === 'tee') return [{ shape: within(neckline, cloth), color: shade }];
  if (outfit === 'sweater') {
    const stripes = [2.5, 2.95, 3.4, 3.85].map((y) => box(0, y, 3, 0.1));
    return [
      { shape: within(union(...stripes), cloth), color: light, opacity: 0.8 },
      { shape: within(rim(ellipse(0, 1.36, 0.58, 0.54), 0.1), cloth), color: shade },
    ];
  }
  const flap = (side: number) => stroke(side * 0.5, 1.56, side * 0.2, outfit === 'jacket' ? 2.6 : 2.02, 0.16);
  const opening = within(ellipse(0, 1.6, 0.34, outfit === 'jacket' ? 1.5 : 0.42), cloth);
  const inside: Layer = { shape: opening, color: outfit === 'jacket' ? [244, 241, 236] : SKIN };
  const buttons = [2.3, 2.75, 3.2].map((y): Layer => ({ shape: circle(0, y, 0.05), color: shade }));
  return [
    inside,
    { shape: union(flap(-1), flap(1)), color: light },
    { shape: within(rim(union(flap(-1), flap(1)), 0.018), cloth), color: shade },
    ...(outfit === 'shirt' ? buttons : []),
  ];
}

export function glasses(turn: number): Layer[] {
  const x = turn * 0.16;
  const lens = (side: number) => box(x + side * 0.31, 0.02, 0.235, 0.19, 0.12);
  const frame = union(
    rim(lens(-1), 0.022),
    rim(lens(1), 0.022),
    stroke(x - 0.09, -0.03, x + 0.09, -0.03, 0.022),
  );
  return [
    { shape: union(lens(-1), lens(1)), color: [255, 255, 255], opacity: 0.12 },
    { shape: frame, color: DARK },
  ];
}

export function hat(color: Rgb): Layer[] {
  const crown = within(ellipse(0, -0.62, 0.98, 0.8), box(0, -1.1, 2, 0.62));
  const fold = within(ellipse(0, -0.5, 1.06, 0.4), box(0, -0.64, 2, 0.22, 0.1));
  const shade = toward(color, 0, 0.22);
  return [
    { shape: circle(0, -1.44, 0.2), color: shade },
    { shape: crown, color },
    { shape: fold, color: shade },
  ];
}
