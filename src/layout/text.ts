// A run of inlines as strips: text, its style and a frame in, one strip a line with tags and link areas out.
import type { Inline } from '../merge/block.ts';
import { breakLines, type Line } from './lines.ts';
import type { Leaf, Mark, Measure, Panel, SetText, Strip, Tag } from './page.ts';
import type { TextStyle, Theme } from './theme.ts';

/** Everything that stays the same over a handout. */
export interface Setting {
  theme: Theme;
  measure: Measure;
  dir: 'ltr' | 'rtl';
  /** Set where somebody's own words are laid out. */
  typed?: true;
  /** Set where worksheets have fields to type in on screen. */
  fillable?: true;
  /** Our own headings over what is typed that are set already: a page has each of them once. */
  titles?: Map<string, SetText>;
  /** How many lines a box has beyond its least, to fill the rest of the page. */
  more?: number;
}

/** The column that is being filled, measured from the reading edge: on right-to-left pages from the right. */
export interface Frame {
  x: number;
  width: number;
  panel: Panel | null;
  /** Within a list item: a list in it is set further in. */
  inList?: true;
}

/** Strips and tags of some blocks, on their way to a galley. */
export interface Composed {
  strips: Strip[];
  tags: Tag[];
  headings: { level: 1 | 2 | 3; text: string; strip: number }[];
}

/** Sets text in a frame. Widows and orphans: at least two lines stay together at either side of a page break. */
export function setText(
  inlines: readonly Inline[],
  style: TextStyle,
  frame: Frame,
  setting: Setting,
  direction: 'ltr' | 'rtl' | 'auto' = setting.dir,
): SetText {
  const { theme, measure } = setting;
  const { lines } = breakLines(inlines, { width: frame.width, style, measure, direction, italics: theme.italics });
  const { kids, homes } = readingOrder(inlines, setting.typed === true);
  const y = baselineOf(style, measure);
  const strips = lines.map((line, index): Strip => {
    const together = index === 0 || index === lines.length - 2;
    const keep = index < lines.length - 1 && together ? 'always' : 'no';
    return {
      height: style.leading,
      gap: 0,
      keep,
      marks: lineMarks(line, y, inlines, homes, style, frame, setting),
      panel: frame.panel,
    };
  });
  return { strips, kids };
}

/** Baseline of a line from the top of its strip: the leading is shared above and below the letters. */
export function baselineOf(style: TextStyle, measure: Measure): number {
  const up = measure.ascent(style.face) * style.size;
  const down = measure.descent(style.face) * style.size;
  return (style.leading - up - down) / 2 + up;
}

/** Scripts that write some vowels before the letter they follow: read from the glyphs, they would come out in that order. */
const REORDERED = /\p{Script=Devanagari}/u;
const ISOLATES = /[\u2066-\u2069]/gu;
/** Typed text of both directions, or with signs or digits between right-to-left letters. */
const isMixed = (text: string) => RIGHT_TO_LEFT.test(text) && OTHERS.test(text);
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/u;
const OTHERS = /[\p{Nd}\p{P}\p{Script=Latin}]/u;

interface Home {
  leaf: Leaf;
  link: Tag | null;
}

/** One leaf for each stretch with the same link and language; a link or a foreign word gets an element of its own. */
function readingOrder(inlines: readonly Inline[], typed: boolean): { kids: (Tag | Leaf)[]; homes: Home[] } {
  const kids: (Tag | Leaf)[] = [];
  const homes: Home[] = [];
  inlines.forEach((inline, index) => {
    const before = inlines[index - 1];
    const alike = before !== undefined && before.link === inline.link && before.lang === inline.lang;
    const same = alike && !isSaid(before, typed) && !isSaid(inline, typed);
    const home = same ? homes[index - 1]! : newHome(inline, kids, typed);
    homes.push(home);
  });
  return { kids, homes };
}

/** Whether the structure says the text itself, since its glyphs in order of their places would say another. */
function isSaid({ text }: Inline, typed: boolean): boolean {
  return REORDERED.test(text) || (typed && isMixed(text));
}

function newHome(inline: Inline, kids: (Tag | Leaf)[], typed: boolean): Home {
  const leaf: Leaf = { kind: 'leaf' };
  if (inline.link !== undefined) {
    const link: Tag = { kind: 'tag', type: 'Link', kids: [leaf], href: inline.link };
    if (inline.lang !== undefined) link.lang = inline.lang;
    kids.push(link);
    return { leaf, link };
  }
  const span: Tag = { kind: 'tag', type: 'Span', kids: [leaf] };
  if (inline.lang !== undefined) span.lang = inline.lang;
  if (isSaid(inline, typed)) span.actual = inline.text.replace(ISOLATES, '');
  kids.push(span.lang === undefined && span.actual === undefined ? leaf : span);
  return { leaf, link: null };
}

function lineMarks(
  line: Line,
  y: number,
  inlines: readonly Inline[],
  homes: readonly Home[],
  style: TextStyle,
  frame: Frame,
  setting: Setting,
): Mark[] {
  return line.pieces.flatMap(({ text, inline, face, x: across, width, blank, rtl }): Mark[] => {
    const { leaf, link } = homes[inline]!;
    const x = setting.dir === 'rtl' ? frame.x + frame.width - across - width : frame.x + across;
    const colour = inlines[inline]!.link === undefined ? style.colour : 'link';
    const words: Mark = { kind: 'text', leaf, x, y, width, text, face, size: style.size, colour, rtl };
    if (link === null) return [words];
    const below = y + style.size * 0.14;
    const inked = width - blank;
    const underline: Mark = { kind: 'line', x, y: below, x2: x + inked, y2: below, thickness: 0.6, colour };
    return [words, underline, { kind: 'link', tag: link, x, y: 0, width: inked, height: style.leading }];
  });
}

/** A mark moved down the page. */
export function shifted(mark: Mark, down: number): Mark {
  return mark.kind === 'line' ? { ...mark, y: mark.y + down, y2: mark.y2 + down } : { ...mark, y: mark.y + down };
}

/** From the reading edge to the left edge: a right-to-left page is the mirror image of a left-to-right one. */
export function mirrored(mark: Mark, pageWidth: number): Mark {
  if (mark.kind === 'line') return { ...mark, x: pageWidth - mark.x2, x2: pageWidth - mark.x };
  return { ...mark, x: pageWidth - mark.x - mark.width };
}

/** All that a strip shows, seen in the mirror; `around` is the width that is mirrored. */
export function mirroredStrip(strip: Strip, around: number): Strip {
  const marks = strip.marks.map((mark) => mirrored(mark, around));
  return strip.head === undefined ? { ...strip, marks } : { ...strip, marks, head: mirroredStrip(strip.head, around) };
}
