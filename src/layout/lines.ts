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
    for (const words of linesOf(units, settings)) lines.push(setLine(words, text, levels.base, settings));
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
  for (const end of breaksOf(text)) {
    units.push(wordsOf(text, from, end, edges, inlines, levels, settings));
    from = end;
  }
  const whole = bound(units, settings);
  const isWide = (words: Word[]) => bareWidth(words) > settings.width;
  return whole.some(isWide) ? whole.flatMap((words) => (isWide(words) ? cutToFit(words, settings) : [words])) : whole;
}

/** Where a line may end, the end of the text included. */
function breaksOf(text: string): number[] {
  const breaker = new LineBreaker(text);
  const ends: number[] = [];
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) ends.push(next.position);
  return ends;
}

/** A text cut wherever a line may end; each stretch has its blank. */
export function stretchesOf(text: string): string[] {
  return breaksOf(text).map((end, index, ends) => text.slice(ends[index - 1] ?? 0, end));
}

/** Where an inline ends, and which one it is. */
interface Edge {
  end: number;
  inline: number;
}

/** All of them, in order. */
function inlineEdges(inlines: readonly Inline[], first: number): Edge[] {
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
  edges: readonly Edge[],
  inlines: readonly Inline[],
  levels: Levels,
  settings: LineSettings,
): Word[] {
  const words: Word[] = [];
  for (let start = from; start < to; ) {
    const edge = edgeAfter(start, edges);
    const level = levels.at(start);
    let end = levels.mixed ? start + 1 : Math.min(to, edge.end);
    while (end < to && end < edge.end && levels.at(end) === level) end++;
    const { inline } = edge;
    const face = faceOf(inlines[inline]!, settings);
    const word = measured({ text: text.slice(start, end), start, inline, face, level, width: 0, bare: 0 }, settings);
    // As a rule it is all there is.
    if (start === from && end === to) return [word];
    words.push(word);
    start = end;
  }
  return words;
}

function edgeAfter(start: number, edges: readonly Edge[]): Edge {
  for (const edge of edges) if (edge.end > start) return edge;
  throw new Error('A word begins behind the end of its text.');
}

/** The word itself, with its widths. */
function measured(word: Word, { measure, style }: LineSettings): Word {
  const { text, face } = word;
  const trimmed = text.trimEnd();
  word.bare = trimmed === '' ? 0 : measure.width(trimmed, face, style.size);
  const blank = trimmed.length === text.length ? 0 : measure.width(text.slice(trimmed.length), face, style.size);
  word.width = word.bare + blank;
  return word;
}

function faceOf({ bold = false, italic = false }: Inline, { style, italics }: LineSettings): FaceName {
  const heavy = bold || style.face === 'bold' || (italic && !italics);
  const slanted = italic && italics;
  if (heavy) return slanted ? 'boldItalic' : 'bold';
  return slanted ? 'italic' : 'regular';
}

/** A unit that no line could hold (a long address, an 80-letter name) becomes several. */
function cutToFit(unit: Word[], settings: LineSettings): Word[][] {
  return unit.flatMap((word) => {
    const cuts: Word[][] = [];
    const cut = (start: number, end: number) =>
      measured({ ...word, text: word.text.slice(start, end), start: word.start + start }, settings);
    let [from, open] = [0, cut(0, 0)];
    for (const { segment, index } of graphemes.segment(word.text)) {
      const longer = cut(from, index + segment.length);
      if (open.text !== '' && longer.bare > settings.width) {
        cuts.push([open]);
        from = index;
        open = cut(from, index + segment.length);
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
function setLine(words: readonly Word[], text: string, base: 'ltr' | 'rtl', settings: LineSettings): Line {
  const last = words.at(-1)!;
  const blank = last.width - last.bare;
  const stretches = join(words);
  const width = sum(stretches);
  const end = stretches.at(-1)!;
  let x = base === 'rtl' ? settings.width - width : 0;
  for (const stretch of visualOrder(stretches)) {
    stretch.x = x;
    x += stretch.width;
  }
  const pieces = stretches.map((stretch): Piece => {
    const { from, to, inline, face, level, width: advance } = stretch;
    const rtl = (level & 1) === 1;
    const hanging = stretch === end ? blank : 0;
    const left = stretch.x - (rtl ? hanging : 0);
    return { text: text.slice(from, to), inline, face, x: left, width: advance + hanging, blank: hanging, rtl };
  });
  return { pieces: pieces.filter(({ width: advance }) => advance > 0), width };
}

/** Words side by side, from `from` to `to` of the paragraph. */
interface Stretch extends Pick<Word, 'inline' | 'face' | 'level' | 'width'> {
  from: number;
  to: number;
  x: number;
}

/** Neighbours of one inline that run the same way become one stretch, still in logical order; the last blank has no width. */
function join(words: readonly Word[]): Stretch[] {
  const out: Stretch[] = [];
  let open: Stretch | undefined;
  words.forEach(({ text, start, inline, face, level, bare, width: whole }, index) => {
    const width = index === words.length - 1 ? bare : whole;
    const to = start + text.length;
    if (open !== undefined && open.inline === inline && open.level === level) {
      open.to = to;
      open.width += width;
    } else {
      open = { from: start, to, inline, face, level, width, x: 0 };
      out.push(open);
    }
  });
  return out;
}
