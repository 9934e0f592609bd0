// The transform of a group in, where its points go out. Moving, turning and one scale for both ways: a circle stays one.
import type { Step } from './article.ts';
import { numbersIn } from './path-data.ts';

/** x' = a·x − b·y + e, y' = b·x + a·y + f */
export interface Turn {
  a: number;
  b: number;
  e: number;
  f: number;
}

export const UNTURNED: Turn = { a: 1, b: 0, e: 0, f: 0 };

const LIST = /^\s*(?:[a-z]+\s*\([^()]*\)[\s,]*)*$/iu;
const ONE = /([a-z]+)\s*\(([^()]*)\)/giu;

/** `translate(x, y)`, `rotate(degrees, x, y)` and `scale(s)`, one after the other; null for anything else. */
export function readTurn(written: string, outer: Turn): Turn | null {
  if (!LIST.test(written)) return null;
  let turn: Turn | null = outer;
  for (const [, name = '', numbers = ''] of written.matchAll(ONE)) {
    const step: Turn | null = oneTurn(name, numbersIn(numbers) ?? []);
    turn = turn === null || step === null ? null : joined(turn, step);
  }
  return turn;
}

function oneTurn(name: string, [first, ...rest]: readonly number[]): Turn | null {
  if (first === undefined) return null;
  if (name === 'translate' && rest.length <= 1) return { a: 1, b: 0, e: first, f: rest[0] ?? 0 };
  if (name === 'scale' && rest.length === 0 && first > 0) return { a: first, b: 0, e: 0, f: 0 };
  if (name !== 'rotate' || (rest.length !== 0 && rest.length !== 2)) return null;
  const [x = 0, y = 0] = rest;
  const [a, b] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
  return { a, b, e: x - a * x + b * y, f: y - b * x - a * y };
}

function joined(outer: Turn, { a, b, e, f }: Turn): Turn {
  const [x, y] = placed(e, f, outer);
  return { a: outer.a * a - outer.b * b, b: outer.a * b + outer.b * a, e: x, f: y };
}

export function placed(x: number, y: number, { a, b, e, f }: Turn): [number, number] {
  return [a * x - b * y + e, b * x + a * y + f];
}

export function placedStep(step: Step, turn: Turn): Step {
  if (step[0] === 'Z') return step;
  if (step[0] !== 'C') return [step[0], ...placed(step[1], step[2], turn)];
  const [, x1, y1, x2, y2, x, y] = step;
  return ['C', ...placed(x1, y1, turn), ...placed(x2, y2, turn), ...placed(x, y, turn)];
}

/** How much longer a length becomes. */
export function scaleOf({ a, b }: Turn): number {
  return Math.hypot(a, b);
}
