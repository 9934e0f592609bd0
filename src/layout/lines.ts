// Text into lines: inlines and a width in, lines of placed pieces out. Ragged edge, no hyphenation.
import LineBreaker from 'linebreak';
import type { Inline } from '../merge/block.ts';
import { type Levels, levelsOf, visualOrder } from './direction.ts';
import type { FaceName, Measure } from './page.ts';
import { bareWidth, bound, linesOf, sum, type Word } from './rag.ts';
import type { TextStyle } from './theme.ts';

/** A stretch of one line: one inline, one direction, in reading order. `x` is measured from the column's left edge. */
export interface Piece {
  text: string;
  /** Index of the inline it comes from. */
  inline: number;
  face: FaceName;
  x: number;
  /** With the blank. */
  width: number;
  /** Width of the blank at the line's end, which hangs outside the column; 0 elsewhere. */
  blank: number;
  rtl: boolean;
}

export interface Line {
  pieces: Piece[];
  width: number;
}

export interface LineSettings {
  width: number;
  style: TextStyle;
  measure: Measure;
  direction: 'ltr' | 'rtl' | 'auto';
  italics: boolean;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Breaks at the places that UAX 14 allows; a word wider than the column is cut between graphemes. */
export function breakLines(given: readonly Inline[], settings: LineSettings): { lines: Line[]; base: 'ltr' | 'rtl' } {
  const inlines = given.map(withBlank);
  const lines: Line[] = [];
  let base: 'ltr' | 'rtl' = settings.direction === 'rtl' ? 'rtl' : 'ltr';
  for (const [from, to] of paragraphs(inlines)) {
    const text = inlines
      .slice(from, to)
      .map((inline) => inline.text)
      .join('');
    const levels = levelsOf(text, settings.direction);
    if (lines.length === 0) base = levels.base;
    const units = unitsOf(text, inlines, from, levels, settings);
    for (const words of linesOf(units, settings)) lines.push(setLine(words, levels.base, settings));
  }
  return { lines, base };
}

/** A forced break too has its blank, which hangs outside the column (see `setLine`). */
function withBlank(inline: Inline): Inline {
  return inline.breakAfter && !inline.text.endsWith(' ') ? { ...inline, text: `${inline.text} ` } : inline;
}

/** Ranges of inlines between forced breaks. */
function paragraphs(inlines: readonly Inline[]): [number, number][] {
  const out: [number, number][] = [];
  let from = 0;
  inlines.forEach((inline, index) => {
    if (!inline.breakAfter && index < inlines.length - 1) return;
    out.push([from, index + 1]);
    from = index + 1;
  });
  return out;
}

/** Unbreakable units, each of one or more words (one inline and one level each). */
function unitsOf(
  text: string,
  inlines: readonly Inline[],
  first: number,
  levels: Levels,
  settings: LineSettings,
): Word[][] {
  const edges = inlineEdges(inlines, first);
  const units: Word[][] = [];
  let from = 0;
  for (const { length } of stretchesOf(text)) {
    units.push(wordsOf(text, from, from + length, edges, inlines, levels, settings));
    from += length;
  }
  return bound(units, settings).flatMap((words) => cutToFit(words, settings));
}

/** A text cut wherever a line may end; each stretch has its blank. */
export function stretchesOf(text: string): string[] {
  const breaker = new LineBreaker(text);
  const stretches: string[] = [];
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    stretches.push(text.slice(from, next.position));
    from = next.position;
  }
  return stretches;
}

/** End offset and index of every inline, in order. */
function inlineEdges(inlines: readonly Inline[], first: number): { end: number; inline: number }[] {
  let end = 0;
  return inlines.slice(first).map(({ text }, index) => {
    end += text.length;
    return { end, inline: first + index };
  });
}

function wordsOf(
  text: string,
  from: number,
  to: number,
  edges: readonly { end: number; inline: number }[],
  inlines: readonly Inline[],
  levels: Levels,
  settings: LineSettings,
): Word[] {
  const words: Word[] = [];
  for (let start = from; start < to; ) {
    const edge = edges.find(({ end }) => end > start)!;
    const level = levels.at(start);
    let end = levels.mixed ? start + 1 : Math.min(to, edge.end);
    while (end < to && end < edge.end && levels.at(end) === level) end++;
    const { inline } = edge;
    words.push(measured(text.slice(start, end), { inline, face: faceOf(inlines[inline]!, settings), level }, settings));
    start = end;
  }
  return words;
}

function measured(
  text: string,
  { inline, face, level }: Pick<Word, 'inline' | 'face' | 'level'>,
  { measure, style }: LineSettings,
): Word {
  const trimmed = text.trimEnd();
  const bare = trimmed === '' ? 0 : measure.width(trimmed, face, style.size);
  const blank = trimmed.length === text.length ? 0 : measure.width(text.slice(trimmed.length), face, style.size);
  const width = bare + blank;
  return { text, inline, face, level, width, bare };
}

function faceOf({ bold = false, italic = false }: Inline, { style, italics }: LineSettings): FaceName {
  const heavy = bold || style.face === 'bold' || (italic && !italics);
  const slanted = italic && italics;
  if (heavy) return slanted ? 'boldItalic' : 'bold';
  return slanted ? 'italic' : 'regular';
}

/** A unit that no line could hold (a long address, an 80-letter name) becomes several. */
function cutToFit(unit: Word[], settings: LineSettings): Word[][] {
  if (bareWidth(unit) <= settings.width) return [unit];
  return unit.flatMap((word) => {
    const cuts: Word[][] = [];
    let open = measured('', word, settings);
    for (const { segment } of graphemes.segment(word.text)) {
      const longer = measured(open.text + segment, word, settings);
      if (open.text !== '' && longer.bare > settings.width) {
        cuts.push([open]);
        open = measured(segment, word, settings);
      } else open = longer;
    }
    return [...cuts, [open]];
  });
}

/**
 * Gives the words their x from the column's left edge, by visual order; the pieces themselves stay in reading order, for
 * that is how they are drawn and read aloud. The blank that a line ends with is drawn too, outside the column: tagged text
 * runs on over the line end (ISO 32000-1, 14.8.2.5).
 */
function setLine(words: readonly Word[], base: 'ltr' | 'rtl', settings: LineSettings): Line {
  const last = words.at(-1)!;
  const stretches = join([...words.slice(0, -1), { ...last, width: last.bare }]);
  const blank = last.width - last.bare;
  const width = sum(stretches);
  let x = base === 'rtl' ? settings.width - width : 0;
  const left = new Map<Word, number>();
  for (const stretch of visualOrder(stretches)) {
    left.set(stretch, x);
    x += stretch.width;
  }
  const pieces = stretches.map((stretch, index): Piece => {
    const { text, inline, face, level, width: advance } = stretch;
    const rtl = (level & 1) === 1;
    const hanging = index === stretches.length - 1 ? blank : 0;
    return {
      text,
      inline,
      face,
      x: left.get(stretch)! - (rtl ? hanging : 0),
      width: advance + hanging,
      blank: hanging,
      rtl,
    };
  });
  return { pieces: pieces.filter(({ width: advance }) => advance > 0), width };
}

/** Neighbours of one inline that run the same way become one piece, still in logical order. */
function join(words: readonly Word[]): Word[] {
  const out: Word[] = [];
  for (const word of words) {
    const before = out.at(-1);
    if (before !== undefined && before.inline === word.inline && before.level === word.level) {
      before.text += word.text;
      before.width += word.width;
    } else out.push({ ...word });
  }
  return out;
}
