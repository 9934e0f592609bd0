// The path data of an SVG in, absolute steps out: moves, lines, curves and closings, arcs among the curves.
import { type ArcTo, curvesOfArc } from './arc.ts';
import type { Step } from './article.ts';

interface Point {
  x: number;
  y: number;
}

/** How many numbers each command takes (SVG 1.1, 8.3). */
const TAKES: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
const DATA = /^\s*m[^mlhvcsqtaz]*(?:[mlhvcsqtaz][^mlhvcsqtaz]*)*$/iu;
const COMMAND = /([mlhvcsqtaz])([^mlhvcsqtaz]*)/giu;
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*,?\s*/iu;
/** The two flags of an arc need no space behind them: `a5 5 0 01 9 9`. */
const FLAG = /^([01])\s*,?\s*/u;

/** Null when it is not path data. */
export function readPath(data: string): Step[] | null {
  if (!DATA.test(data)) return null;
  const pen = newPen();
  for (const [, letter = '', written = ''] of data.matchAll(COMMAND)) {
    const command = letter.toUpperCase();
    const numbers = numbersIn(written, command === 'A');
    const takes = TAKES[command]!;
    if (numbers === null || (takes === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % takes > 0))
      return null;
    if (takes === 0) pen.close();
    for (let at = 0; at < numbers.length; at += takes) {
      const given = numbers.slice(at, at + takes);
      // Further pairs behind a move are lines (SVG 1.1, 8.3.2).
      const name = command === 'M' && at > 0 ? 'L' : command;
      pen.draw(name, letter === command ? given : absolute(name, given, pen.at()));
    }
  }
  return pen.steps;
}

/** The numbers of a list such as `points` or `viewBox`, or null when there is anything else. */
export function numbersIn(text: string, arcs = false): number[] | null {
  const numbers: number[] = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const isFlag = arcs && (numbers.length % 7 === 3 || numbers.length % 7 === 4);
    const [all, number] = (isFlag ? FLAG : NUMBER).exec(rest) ?? [];
    if (all === undefined || Math.abs(Number(number)) > 10_000) return null;
    numbers.push(Number(number));
    rest = rest.slice(all.length);
  }
  return numbers;
}

function absolute(command: string, given: readonly number[], { x, y }: Point): number[] {
  if (command === 'H') return given.map((number) => number + x);
  if (command === 'V') return given.map((number) => number + y);
  const first = command === 'A' ? 5 : 0;
  return given.map((number, index) => (index < first ? number : number + ((index - first) % 2 === 0 ? x : y)));
}

function newPen() {
  const steps: Step[] = [];
  let start: Point = { x: 0, y: 0 };
  let at = start;
  /** The last control point, for a curve that goes on smoothly, and whether it belongs to a C or a Q. */
  let control: (Point & { of: 'C' | 'Q' }) | null = null;

  const reflected = (of: 'C' | 'Q'): Point =>
    control?.of === of ? { x: 2 * at.x - control.x, y: 2 * at.y - control.y } : at;

  function line(x: number, y: number): void {
    steps.push(['L', x, y]);
    at = { x, y };
    control = null;
  }

  function cubic(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    steps.push(['C', x1, y1, x2, y2, x, y]);
    at = { x, y };
    control = { x: x2, y: y2, of: 'C' };
  }

  function quadratic(qx: number, qy: number, x: number, y: number): void {
    const third = (from: number, to: number) => from + ((to - from) * 2) / 3;
    cubic(third(at.x, qx), third(at.y, qy), third(x, qx), third(y, qy), x, y);
    control = { x: qx, y: qy, of: 'Q' };
  }

  function draw(command: string, numbers: readonly number[]): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    if (command === 'M') {
      steps.push(['M', a, b]);
      start = { x: a, y: b };
      at = start;
      control = null;
    } else if (command === 'L') line(a, b);
    else if (command === 'H') line(a, at.y);
    else if (command === 'V') line(at.x, a);
    else if (command === 'C') cubic(a, b, c, d, e, f);
    else if (command === 'Q') quadratic(a, b, c, d);
    else if (command === 'T') quadratic(reflected('Q').x, reflected('Q').y, a, b);
    else if (command === 'S') cubic(reflected('C').x, reflected('C').y, a, b, c, d);
    else arc(numbers as ArcTo);
  }

  function arc(to: ArcTo): void {
    for (const curve of curvesOfArc(at.x, at.y, to)) cubic(...curve);
    const [, , , , , x, y] = to;
    if (at.x !== x || at.y !== y) line(x, y);
    control = null;
  }

  function close(): void {
    steps.push(['Z']);
    at = start;
    control = null;
  }

  return { steps, draw, close, at: () => at };
}
