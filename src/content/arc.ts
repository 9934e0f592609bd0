// An elliptical arc of SVG in, the curves that draw it out (SVG 1.1, appendix F.6).

/** Radii, rotation in degrees, the long way or the short, clockwise or not, end point. */
export type ArcTo = readonly [
  rx: number,
  ry: number,
  turned: number,
  long: number,
  sweep: number,
  x: number,
  y: number,
];
type Curve = readonly [x1: number, y1: number, x2: number, y2: number, x: number, y: number];

const QUARTER = Math.PI / 2;

/** None where there is nothing to turn about: without a radius an arc is a line. */
export function curvesOfArc(x0: number, y0: number, [rx, ry, turned, long, sweep, x, y]: ArcTo): Curve[] {
  if (rx === 0 || ry === 0 || (x0 === x && y0 === y)) return [];
  const cos = Math.cos((turned * Math.PI) / 180);
  const sin = Math.sin((turned * Math.PI) / 180);

  // Half the way from the end to the start, in a system in which the ellipse is a circle of radius 1.
  const halfX = (cos * (x0 - x) + sin * (y0 - y)) / 2;
  const halfY = (cos * (y0 - y) - sin * (x0 - x)) / 2;
  const stretch = Math.max(1, Math.hypot(halfX / rx, halfY / ry));
  const [a, b] = [Math.abs(rx) * stretch, Math.abs(ry) * stretch];
  const [u, v] = [halfX / a, halfY / b];
  const away = Math.sqrt(Math.max(0, 1 / (u * u + v * v) - 1)) * (long === sweep ? -1 : 1);
  const centre = { u: away * v, v: -away * u };

  const from = Math.atan2(v - centre.v, u - centre.u);
  const turn = Math.atan2(-v - centre.v, -u - centre.u) - from;
  const way = sweep === 1 ? (turn < 0 ? turn + 4 * QUARTER : turn) : turn > 0 ? turn - 4 * QUARTER : turn;

  const place = (p: number, q: number): [number, number] => [
    (x0 + x) / 2 + cos * a * p - sin * b * q,
    (y0 + y) / 2 + sin * a * p + cos * b * q,
  ];
  const pieces = Math.max(1, Math.ceil(Math.abs(way) / QUARTER - 1e-9));
  const step = way / pieces;
  const reach = (4 / 3) * Math.tan(step / 4);
  return Array.from({ length: pieces }, (_, index): Curve => {
    const [c1, s1] = [Math.cos(from + index * step), Math.sin(from + index * step)];
    const [c2, s2] = [Math.cos(from + (index + 1) * step), Math.sin(from + (index + 1) * step)];
    const end: [number, number] = index === pieces - 1 ? [x, y] : place(centre.u + c2, centre.v + s2);
    return [
      ...place(centre.u + c1 - reach * s1, centre.v + s1 + reach * c1),
      ...place(centre.u + c2 + reach * s2, centre.v + s2 - reach * c2),
      ...end,
    ];
  });
}
