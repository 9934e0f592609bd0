// Words that a line may end after in, lines of them out, their ragged edge and their last line as a typesetter would have them.
import type { TextStyle } from './theme.ts';

/** A stretch of one inline and one direction, measured. */
export interface Word {
  text: string;
  inline: number;
  face: 'regular' | 'bold' | 'italic' | 'boldItalic';
  level: number;
  width: number;
  /** Width without the blanks at its end, which hang over the edge. */
  bare: number;
}

interface Column {
  width: number;
  style: TextStyle;
}

/** A last line under this share of the column looks left behind. */
const SHORT = 1 / 7;

/** Widths to try for a longer last line. Narrower than the last, the edge would show it. */
const NARROWER = [0.97, 0.94, 0.91, 0.88, 0.85, 0.82] as const;

/** No more lines than there must be; a title's of like length, a paragraph's last one not left behind. */
export function linesOf(units: readonly Word[][], { width, style }: Column): Word[][] {
  const lines = filled(units, width);
  if (lines.length < 2) return lines;
  if (style.balanced === true) return balanced(units, width, lines);
  if (isLong(lines, width)) return lines;
  const others = NARROWER.map((share) => filled(units, width * share));
  return others.find((tried) => tried.length === lines.length && isLong(tried, width)) ?? lines;
}

function isLong(lines: readonly Word[][], width: number): boolean {
  return bareWidth(lines.at(-1)!) >= width * SHORT;
}

/** The narrowest column that takes no line more, to a point. */
function balanced(units: readonly Word[][], width: number, lines: Word[][]): Word[][] {
  let best = lines;
  let [low, high] = [width / lines.length, width];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    const tried = filled(units, middle);
    if (tried.length === lines.length && tried.every((line) => bareWidth(line) <= width + 0.01)) {
      best = tried;
      high = middle;
    } else low = middle;
  }
  return best;
}

function filled(units: readonly Word[][], width: number): Word[][] {
  const lines: Word[][] = [];
  let open: Word[] = [];
  let used = 0;
  for (const unit of units) {
    if (open.length > 0 && used + bareWidth(unit) > width + 0.01) {
      lines.push(open);
      open = [];
      used = 0;
    }
    open.push(...unit);
    used += sum(unit);
  }
  if (open.length > 0) lines.push(open);
  return lines;
}

const TITLE = /^[(“"¿¡]?(?:Dra?|Sra?|Mr|Mrs|Ms|Mx|Prof)\.?\s+$/u;
const NUMBER = /^[(“"]?\d(?:[\d.,:–-]{0,4}\d)?\s+$/u;
const COUNTED = /^[(“"]?(?:page|p\.|step|day|week|no\.|página|paso|día|semana|n\.º)\s+$/iu;
const RANGE = /\d–$/u;
/** A small word at the start of one of several things in a row: “· from Ann”. */
const SEPARATOR = /·[\u2066-\u2069]*\s+$/u;
const SMALL = /^[\u2066-\u2069]*\p{L}{1,4}\s+$/u;

/**
 * What is read as one thing is not parted: a title and its name, a number and what it counts, a page and its number, the
 * two ends of a range, “from” and who it is from; and a last word too short to stand alone takes the one before along.
 * The text itself is left as it was typed.
 */
export function bound(units: readonly Word[][], column: Column): Word[][] {
  const out: Word[][] = [];
  units.forEach((unit, index) => {
    const before = out.at(-1);
    const isLast = index === units.length - 1 && index > 4;
    if (before !== undefined && (isOne(before, unit, isLast, column) || begins(before, out.at(-2))))
      out[out.length - 1] = [...before, ...unit];
    else out.push(unit);
  });
  return out;
}

function isOne(before: Word[], unit: Word[], isLast: boolean, { width, style }: Column): boolean {
  const together = sum(before) + bareWidth(unit);
  const [one, other] = [before.at(-1)!.text, unit[0]!.text];
  if (RANGE.test(one)) return /^\d/u.test(other) && together <= width;
  if (together > width / 2) return false;
  if (TITLE.test(one)) return /^\p{Lu}/u.test(other);
  if (NUMBER.test(one)) return /^\p{L}/u.test(other);
  if (COUNTED.test(one)) return /^\d/u.test(other);
  return isLast && together <= width / 3 && bareWidth(unit) <= style.size * 2.5;
}

function begins(unit: Word[], before: Word[] | undefined): boolean {
  return SMALL.test(unit.at(-1)!.text) && SEPARATOR.test(before?.at(-1)?.text ?? '');
}

export function bareWidth(words: readonly Word[]): number {
  return sum(words.slice(0, -1)) + (words.at(-1)?.bare ?? 0);
}

export function sum(words: readonly Word[]): number {
  return words.reduce((total, { width }) => total + width, 0);
}
