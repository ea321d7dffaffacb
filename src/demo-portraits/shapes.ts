// Taken out of the global object once: Jest looks a global up at every use, which took 15 times as long.
const { abs, max, min, sqrt } = Math;

/** A shape as its signed distance: negative inside, in the units of the view that it is painted with. */
export type Shape = (x: number, y: number) => number;

export function ellipse(cx: number, cy: number, rx: number, ry: number, turn = 0): Shape {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  return (x, y) => {
    const u = (cos * (x - cx) + sin * (y - cy)) / rx;
    const v = (cos * (y - cy) - sin * (x - cx)) / ry;
    const k0 = sqrt(u * u + v * v);
    const k1 = sqrt((u / rx) ** 2 + (v / ry) ** 2);
    return k1 === 0 ? -min(rx, ry) : (k0 * (k0 - 1)) / k1;
  };
}

export function circle(cx: number, cy: number, radius: number): Shape {
  return (x, y) => sqrt((x - cx) ** 2 + (y - cy) ** 2) - radius;
}

/** A box given by its center and half sizes, with round corners inside that size. */
export function box(cx: number, cy: number, halfWidth: number, halfHeight: number, round = 0): Shape {
  return (x, y) => {
    const dx = abs(x - cx) - halfWidth + round;
    const dy = abs(y - cy) - halfHeight + round;
    const outside = sqrt(max(dx, 0) ** 2 + max(dy, 0) ** 2);
    return outside + min(max(dx, dy), 0) - round;
  };
}

/** A line with round ends. */
export function stroke(x0: number, y0: number, x1: number, y1: number, radius: number): Shape {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squared = dx * dx + dy * dy;
  return (x, y) => {
    const along = min(1, max(0, ((x - x0) * dx + (y - y0) * dy) / squared));
    return sqrt((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2) - radius;
  };
}

/** A bow through (cx ± half, cy) whose middle is `sag` lower, `radius` thick in the middle and thin at its ends. */
export function bow(cx: number, cy: number, half: number, sag: number, radius: number): Shape {
  return (x, y) => {
    const u = (x - cx) / half;
    const slope = (-2 * sag * u) / half;
    const across = abs(y - cy - sag * (1 - u * u)) / sqrt(1 + slope * slope);
    return max(across - radius * (1 - 0.75 * min(1, u * u)), (abs(u) - 1) * half);
  };
}

export function union(...shapes: Shape[]): Shape {
  return (x, y) => {
    let nearest = Infinity;
    for (const shape of shapes) nearest = min(nearest, shape(x, y));
    return nearest;
  };
}

/** Two shapes grown together, `soft` wide at the seam. */
export function blend(a: Shape, b: Shape, soft: number): Shape {
  return (x, y) => {
    const da = a(x, y);
    const db = b(x, y);
    const mix = max(soft - abs(da - db), 0) / soft;
    return min(da, db) - (mix * mix * soft) / 4;
  };
}

export function within(shape: Shape, limit: Shape): Shape {
  return (x, y) => max(shape(x, y), limit(x, y));
}

export function outside(shape: Shape): Shape {
  return (x, y) => -shape(x, y);
}

export function without(shape: Shape, hole: Shape): Shape {
  return (x, y) => max(shape(x, y), -hole(x, y));
}

/** The rim of a shape, `radius` to each side. */
export function rim(shape: Shape, radius: number): Shape {
  return (x, y) => abs(shape(x, y)) - radius;
}
