// A drawing's shapes in; every label that would be too small, hard to see or outside the drawing told.
import type { Label, Outline, Step } from './article.ts';
import type { Tell } from './problems.ts';

/** Points: what anybody can read on paper, and in large print (ACB guidelines, 2.1). */
export const LEAST_LABEL = 10;
export const LEAST_LARGE_LABEL = 18;
/** The narrowest column of large print that a drawing is scaled to, points: A4 with room for binding. */
export const NARROWEST_LARGE = 420;

/** A label or outline with its line in the file. */
export type Drawn = (Label | Outline) & { line: number };

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** `width` and `height` are the drawing's. */
export function checkLegible(shapes: readonly Drawn[], width: number, height: number, tell: Tell): void {
  const least = Math.max(LEAST_LABEL, (LEAST_LARGE_LABEL * width) / NARROWEST_LARGE);
  shapes.forEach((shape, index) => {
    if (isOutside(shape.kind === 'label' ? labelBox(shape) : outlineBox(shape), width, height))
      tell(shape.line, 'This reaches out of the drawing.', 'Move it, or make the viewBox larger.');
    if (shape.kind === 'outline') return;
    const { size, colour, line } = shape;
    if (size < least - 0.001) {
      const hint = `In a drawing ${tidy(width)} wide write font-size="${Math.ceil(least * 10) / 10}" or more.`;
      const message = `This text would be too small to read: it is ${tidy(size)}, ${LEAST_LABEL} in print or ${LEAST_LARGE_LABEL} in large print are the least.`;
      tell(line, message, hint);
    }
    if (colour !== 'ink' && colour !== 'accent' && colour !== 'quiet')
      tell(line, `Text in “${colour}” can’t be read.`, 'Fill text with ink, accent or quiet.');
    if (shapes.slice(0, index).some((below) => isDark(below) && touches(labelBox(shape), outlineBox(below))))
      tell(line, 'This text stands on something dark.', 'Put it on white or on the tint, or beside the shape.');
  });
}

/** Colours that no text colour is readable on, in every look. */
function isDark(shape: Drawn): shape is Outline & { line: number } {
  return shape.kind === 'outline' && shape.fill !== null && shape.fill !== 'tint' && shape.fill !== 'white';
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isOutside({ left, top, right, bottom }: Box, width: number, height: number): boolean {
  return left < 0 || top < 0 || right > width || bottom > height;
}

/** Of narrow letters, so that nothing is refused that fits: fonts are not measured here. */
function labelBox({ text, x, y, size, anchor }: Label): Box {
  const wide = [...text].length * size * 0.4;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
  return { left, top: y - size * 0.7, right: left + wide, bottom: y };
}

function outlineBox({ steps, stroke }: Outline): Box {
  const points = pointsOn(steps);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const half = (stroke?.width ?? 0) / 2;
  return {
    left: Math.min(...xs) - half,
    top: Math.min(...ys) - half,
    right: Math.max(...xs) + half,
    bottom: Math.max(...ys) + half,
  };
}

const PIECES = 16;

/** Points along an outline, close enough together to stand for it. */
export function pointsOn(steps: readonly Step[]): [number, number][] {
  const points: [number, number][] = [];
  let start: [number, number] = [0, 0];
  for (const step of steps) {
    if (step[0] === 'M') start = [step[1], step[2]];
    const [x0, y0] = points.at(-1) ?? start;
    if (step[0] === 'Z') points.push(start);
    else if (step[0] !== 'C') points.push([step[1], step[2]]);
    else {
      const [, x1, y1, x2, y2, x, y] = step;
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const at = (p0: number, p1: number, p2: number, p3: number) =>
          (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t ** 2 * p2 + t ** 3 * p3;
        points.push([at(x0, x1, x2, x), at(y0, y1, y2, y)]);
      }
    }
  }
  return points;
}

function tidy(length: number): number {
  return Math.round(length * 10) / 10;
}
