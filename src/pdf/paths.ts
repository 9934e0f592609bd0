// Shapes in, the path operators that draw their outline out.
import { num } from './ink.ts';

/** How far the handles of a quarter circle reach, as a share of its radius. */
const HANDLE = 0.5523;

/** A box from its lower left corner; with a radius of half its side it is a circle. */
export function roundedBox(x: number, y: number, width: number, height: number, radius: number): string {
  if (radius === 0) return `${num(x)} ${num(y)} ${num(width)} ${num(height)} re`;
  const r = Math.min(radius, width / 2, height / 2);
  const h = r * (1 - HANDLE);
  const [right, top] = [x + width, y + height];
  const points = (...values: number[]) => values.map(num).join(' ');
  return [
    `${points(x + r, y)} m ${points(right - r, y)} l ${points(right - h, y, right, y + h, right, y + r)} c`,
    `${points(right, top - r)} l ${points(right, top - h, right - h, top, right - r, top)} c`,
    `${points(x + r, top)} l ${points(x + h, top, x, top - h, x, top - r)} c`,
    `${points(x, y + r)} l ${points(x, y + h, x + h, y, x + r, y)} c h`,
  ].join(' ');
}
