// Words that a line may end after in, lines of them out, their ragged edge and their last line as a typesetter would have them.
import type { TextStyle } from './theme.ts';

/** A stretch of one inline and one direction, measured. */
export interface Word {
  text: string;
  /** Where it begins in the paragraph. */
  start: number;
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

/** Where lines end, as indexes of the units that begin the next ones, and how wide each is without its last blank. */
interface Filled {
  ends: number[];
  widths: number[];
}

/** No more lines than there must be; a title's of like length, a paragraph's last one not left behind. */
export function linesOf(units: readonly Word[][], { width, style }: Column): Word[][] {
  const fill = filler(units);
  const { ends } = chosen(fill, width, style.balanced === true);
  return ends.map((end, line) => {
    const words: Word[] = [];
    for (let at = ends[line - 1] ?? 0; at < end; at++) words.push(...units[at]!);
    return words;
  });
}

function chosen(fill: (width: number) => Filled, width: number, isBalanced: boolean): Filled {
  const all = fill(width);
  if (all.ends.length < 2) return all;
  if (isBalanced) return balanced(fill, width, all);
  if (isLong(all, width)) return all;
  for (const share of NARROWER) {
    const tried = fill(width * share);
    if (tried.ends.length === all.ends.length && isLong(tried, width)) return tried;
  }
  return all;
}

function isLong({ widths }: Filled, width: number): boolean {
  return widths.at(-1)! >= width * SHORT;
}

/** The narrowest column that takes no line more, to a point. */
function balanced(fill: (width: number) => Filled, width: number, all: Filled): Filled {
  let best = all;
  let [low, high] = [width / all.ends.length, width];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    const tried = fill(middle);
    if (tried.ends.length === all.ends.length && tried.widths.every((line) => line <= width + 0.01)) {
      best = tried;
      high = middle;
    } else low = middle;
  }
  return best;
}

/** Fills lines of a width; columns are tried one after another with the same units. */
function filler(units: readonly Word[][]): (width: number) => Filled {
  const full = units.map(sum);
  const bare = units.map(bareWidth);
  return (width) => {
    const filled: Filled = { ends: [], widths: [] };
    let used = 0;
    for (let at = 0; at < units.length; at++) {
      if (used > 0 && used + bare[at]! > width + 0.01) {
        filled.ends.push(at);
        used = 0;
      }
      filled.widths[filled.ends.length] = used + bare[at]!;
      used += full[at]!;
    }
    if (units.length > 0) filled.ends.push(units.length);
    return filled;
  };
}

const TITLE = /^[(“"¿¡]?(?:Dra?|Sra?|Mr|Mrs|Ms|Mx|Prof)\.?\s+$/u;
const NUMBER = /^[(“"]?\d(?:[\d.,:–-]{0,4}\d)?\s+$/u;
/** A part of a telephone number, with another to follow. */
const DIALLED = /^(?:\+\d|\(\+?\d|\d)[\d)./-]*\s+$/u;
const COUNTED = /^[(“"]?(?:page|p\.|step|day|week|no\.|página|paso|día|semana|n\.º)\s+$/iu;
const RANGE = /\d–$/u;
/** A small word at the start of one of several things in a row: “· from Ann”. */
const SEPARATOR = /·[\u2066-\u2069]*\s+$/u;
const DOT = /^[\u2066-\u2069]*·/u;
const SMALL = /^[\u2066-\u2069]*\p{L}{1,4}\s+$/u;

/** Every one of the first four looks so: most words need not be asked more. */
const MAY_BIND = /^[(“"¿¡+]{0,2}[\ddmnpsw]|–$/iu;

/**
 * What is read as one thing is not parted: a title and its name, a number and what it counts, the parts of a telephone
 * number, a page and its number, the two ends of a range, “from” and who it is from, a word and the dot behind it; and a
 * last word too short to stand alone takes the one before along.
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
  const one = before.at(-1)!.text;
  if (!isLast && !MAY_BIND.test(one)) return false;
  const together = sum(before) + bareWidth(unit);
  const other = unit[0]!.text;
  if (DOT.test(other)) return together <= width;
  if (RANGE.test(one)) return /^\d/u.test(other) && together <= width;
  if (together > width / 2) return false;
  if (TITLE.test(one)) return /^\p{Lu}/u.test(other);
  if (DIALLED.test(one) && /^\(?\d/u.test(other)) return true;
  if (NUMBER.test(one)) return /^\p{L}/u.test(other);
  if (COUNTED.test(one)) return /^\d/u.test(other);
  return isLast && together <= width / 3 && bareWidth(unit) <= style.size * 2.5;
}

function begins(unit: Word[], before: Word[] | undefined): boolean {
  return SEPARATOR.test(before?.at(-1)?.text ?? '') && SMALL.test(unit.at(-1)!.text);
}

export function bareWidth(words: readonly Word[]): number {
  const last = words.at(-1);
  return last === undefined ? 0 : words.length === 1 ? last.bare : sum(words.slice(0, -1)) + last.bare;
}

export function sum(words: readonly Pick<Word, 'width'>[]): number {
  let total = 0;
  for (const { width } of words) total += width;
  return total;
}
