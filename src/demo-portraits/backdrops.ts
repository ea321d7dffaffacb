import { fillGradient, viewAt, type Canvas, type Layer, type Rgb } from './canvas';
import { paint } from './paint';
import { box, circle, ellipse, union } from './shapes';

export type Backdrop = 'studio' | 'garden' | 'beach' | 'evening' | 'window' | 'shelf' | 'cutout';

const SKIES: Record<Exclude<Backdrop, 'cutout'>, readonly [top: Rgb, bottom: Rgb]> = {
  studio: [
    [176, 190, 204],
    [120, 134, 152],
  ],
  garden: [
    [196, 220, 168],
    [74, 116, 66],
  ],
  beach: [
    [150, 202, 236],
    [226, 240, 246],
  ],
  evening: [
    [36, 34, 72],
    [150, 84, 98],
  ],
  window: [
    [240, 228, 212],
    [214, 196, 176],
  ],
  shelf: [
    [120, 92, 72],
    [84, 62, 48],
  ],
};

/** Paints what is behind the person, a little out of focus; `cutout` stays transparent. */
export function paintBackdrop(canvas: Canvas, backdrop: Backdrop): void {
  if (backdrop === 'cutout') return;
  fillGradient(canvas, ...SKIES[backdrop]);
  paint(canvas, viewAt(canvas.width / 2, 0, canvas.height), SCENES[backdrop]);
}

/** Spots of light, always at the same places: x from -0.7 to 0.7, y from 0 to 0.9. */
function spots(colors: readonly Rgb[], count: number, size: number, opacity: number): Layer[] {
  return Array.from({ length: count }, (_, i) => {
    const x = (((i * 0.618) % 1) - 0.5) * 1.4;
    const y = ((i * 0.377 + 0.05) % 1) * 0.9;
    const radius = size * (0.5 + ((i * 0.271) % 1));
    return {
      shape: circle(x, y, radius),
      color: colors[i % colors.length] ?? [255, 255, 255],
      soft: 0.02,
      opacity,
    };
  });
}

const BOOKS: readonly Rgb[] = [
  [170, 70, 60],
  [210, 170, 96],
  [72, 110, 128],
  [226, 214, 190],
  [92, 120, 84],
  [120, 70, 96],
];

function books(): Layer[] {
  return Array.from({ length: 66 }, (_, i) => {
    const height = 0.1 + ((i * 0.37) % 1) * 0.05;
    const x = -0.8 + (i % 22) * 0.074;
    const bottom = 0.24 + Math.floor(i / 22) * 0.26;
    const color = BOOKS[(i * 5 + Math.floor(i / 6)) % BOOKS.length] ?? [0, 0, 0];
    return { shape: box(x, bottom - height / 2 - 0.01, 0.028, height / 2 + 0.02, 0.006), color, soft: 0.012 };
  });
}

const SCENES: Record<Exclude<Backdrop, 'cutout'>, Layer[]> = {
  studio: [{ shape: circle(0, 0.4, 0.4), color: [222, 230, 238], soft: 0.7, opacity: 0.8 }],
  garden: [
    ...spots(
      [
        [120, 160, 84],
        [164, 196, 108],
        [84, 128, 70],
      ],
      26,
      0.12,
      0.5,
    ),
    ...spots(
      [
        [250, 248, 200],
        [240, 170, 180],
      ],
      14,
      0.03,
      0.6,
    ),
  ],
  beach: [
    { shape: circle(0.36, 0.14, 0.07), color: [255, 246, 214], soft: 0.06 },
    { shape: box(0, 0.74, 2, 0.2), color: [70, 146, 176], soft: 0.01 },
    { shape: box(0, 0.64, 2, 0.02), color: [150, 204, 216], soft: 0.03, opacity: 0.6 },
    { shape: ellipse(-0.2, 1.12, 1.5, 0.38), color: [232, 208, 164], soft: 0.03 },
  ],
  evening: [
    {
      shape: union(...[-0.6, -0.36, 0.3, 0.56].map((x, i) => box(x, 0.7, 0.11, 0.3 + (i % 3) * 0.09))),
      color: [38, 32, 60],
      soft: 0.03,
      opacity: 0.8,
    },
    ...spots(
      [
        [255, 206, 120],
        [255, 150, 110],
        [150, 190, 255],
      ],
      30,
      0.032,
      0.55,
    ),
  ],
  window: [
    { shape: box(0.34, 0.3, 0.24, 0.3, 0.01), color: [252, 250, 246], soft: 0.01 },
    { shape: box(0.34, 0.3, 0.21, 0.27), color: [178, 212, 234], soft: 0.02 },
    {
      shape: union(box(0.34, 0.3, 0.012, 0.28), box(0.34, 0.3, 0.22, 0.012)),
      color: [252, 250, 246],
      soft: 0.008,
    },
    { shape: ellipse(-0.42, 0.9, 0.16, 0.3), color: [96, 136, 92], soft: 0.05 },
  ],
  shelf: [
    ...books(),
    ...[0.25, 0.51, 0.77].map((y): Layer => ({
      shape: box(0, y + 0.008, 2, 0.012),
      color: [58, 42, 34],
      soft: 0.012,
    })),
  ],
};
