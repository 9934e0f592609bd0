// Text in any script in, runs of placed glyphs out: a face is chosen for every stretch of every word.
import type { FaceName } from '../layout/page.ts';
import { type Face, hasGrapheme } from './face.ts';
import { type Fonts, openFonts } from './fonts.ts';
import type { GlyphRun, Shaped, Typefaces } from './glyphs.ts';
import { type PairShaper, pairShaper } from './pairs.ts';
import { placeAlone, runOf } from './place.ts';
import { GRAPHEME_JOINER, shapeFully } from './shape.ts';

const MOST_TEXTS_KEPT = 20_000;
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Soft hyphens, direction marks and the like steer layout, which is done by now. */
const STEERING = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const WHITE = /^\s$/u;
const INVISIBLE = /^[\s\p{Default_Ignorable_Code_Point}]+$/u;

/** Every text face has all of these, and none of them is changed by what is done to others before they are set. */
const PLAIN = /^[\x20-\x7e\xc0-\xff–—‘’“”•…]*$/u;
const PLAIN_WORDS = /[\s\x20-\x7e\xc0-\xff–—‘’“”•…]+/gu;

/** As shares of the size. */
interface Metrics {
  ascent: number;
  descent: number;
}

/** Opens the text faces at once, and a fallback when the first text needs it. */
export function openTypefaces(): Typefaces {
  const fonts = openFonts();
  const pairShapers = new Map<FaceName, PairShaper>();
  const measured = new Map<FaceName, Metrics>();
  const kept = new Map<string, Shaped>();
  /** Single letters, which are nobody's own. */
  const printable = new Set<string>();

  function pairs(name: FaceName): PairShaper {
    const known = pairShapers.get(name);
    if (known !== undefined) return known;
    const shaper = pairShaper(fonts.text(name));
    pairShapers.set(name, shaper);
    return shaper;
  }

  function metrics(name: FaceName): Metrics {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const { ascent, descent, unitsPerEm } = fonts.text(name).font;
    const read = { ascent: ascent / unitsPerEm, descent: -descent / unitsPerEm };
    measured.set(name, read);
    return read;
  }

  const shapePairs = (text: string, name: FaceName) => pairs(name).run(text);
  const cleaned = (text: string) => text.normalize('NFC').replace(STEERING, '');

  function isPrintable(grapheme: string): boolean {
    if (printable.has(grapheme)) return true;
    if (!INVISIBLE.test(grapheme) && longestStretch(fonts, [grapheme], 'regular') === undefined) return false;
    if (grapheme.length === 1) printable.add(grapheme);
    return true;
  }

  function shapeNew(text: string, name: FaceName, rtl: boolean): Shaped {
    // As a rule there is nothing to clean.
    const plain = rtl ? undefined : (shapePairs(text, name) ?? shapePairs(cleaned(text), name));
    if (plain !== undefined) return { width: plain.width, runs: [plain] };
    const clean = cleaned(text);
    const runs = rtl ? shapeFenced(clean, name) : shapePieces(clean, name, false);
    return { width: runs.reduce((sum, run) => sum + run.width, 0), runs: joined(runs) };
  }

  function shapePieces(clean: string, name: FaceName, rtl: boolean): GlyphRun[] {
    const pieces = clean.split(/(\s)/u).filter((piece) => piece !== '');
    return (rtl ? pieces.reverse() : pieces).flatMap((piece) => {
      if (WHITE.test(piece)) return shapePairs(piece, name) ?? shapePairs(' ', name) ?? [];
      if (INVISIBLE.test(piece)) return [];
      return (rtl ? undefined : shapePairs(piece, name)) ?? shapeWord(fonts, piece, name, rtl);
    });
  }

  /** Right-to-left text; the blanks at its ends stay outside the fence, where they part lines. */
  function shapeFenced(clean: string, name: FaceName): GlyphRun[] {
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(clean) ?? [];
    const inner = fenced(fonts, shapePieces(words, name, true));
    return [...shapePieces(after, name, true), ...inner, ...shapePieces(before, name, true)];
  }

  return {
    shape(text, name, rtl, keep = false) {
      if (!keep) return shapeNew(text, name, rtl);
      const key = `${name} ${rtl} ${text}`;
      const known = kept.get(key) ?? shapeNew(text, name, rtl);
      if (kept.size < MOST_TEXTS_KEPT) kept.set(key, known);
      return known;
    },
    width: (text, name) => pairs(name).width(text) ?? shapeNew(text, name, false).width,
    face(resource) {
      const face = fonts.opened(resource);
      if (face === undefined) throw new Error(`No font was opened as ${resource}.`);
      return face;
    },
    ascent: (name) => metrics(name).ascent,
    descent: (name) => metrics(name).descent,
    unprintable(text) {
      const rare = new Set(SINGLE.test(text) ? text.replace(PLAIN_WORDS, '') : doubtful(text));
      return [...rare].filter((grapheme) => !isPrintable(grapheme));
    },
  };
}

/** Letters that no letter after them joins: the usual ones need not be asked about one by one. */
const SINGLE = /^[\s\x20-\x7e\xa0-\u024f–—‘’“”•…]*$/u;

/** What stands in words that are not plain. */
function doubtful(text: string): string[] {
  const words = text.split(/\s+/u).filter((word) => !PLAIN.test(word));
  return words.flatMap((word) => graphemesOf(word.normalize('NFC')));
}

function graphemesOf(text: string): string[] {
  if (SINGLE.test(text)) return Array.from(text);
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

function shapeWord(fonts: Fonts, word: string, name: FaceName, rtl: boolean): GlyphRun[] {
  const stretches: GlyphRun[][] = [];
  let rest = graphemesOf(word);
  while (rest.length > 0) {
    const stretch = longestStretch(fonts, rest, name);
    if (stretch === undefined) throw new Error('No font has this character: ask unprintable() before shape().');
    stretches.push(shapeFully(stretch.face, rest.slice(0, stretch.length).join(''), rtl));
    rest = rest.slice(stretch.length);
  }
  return (rtl ? stretches.reverse() : stretches).flat();
}

/** The face that prints most graphemes from the first on, so that a name is not mixed from two fonts. */
function longestStretch(
  fonts: Fonts,
  graphemes: readonly string[],
  name: FaceName,
): { face: Face; length: number } | undefined {
  let longest: { face: Face; length: number } | undefined;
  for (const face of fonts.candidates(graphemes.join(''), name)) {
    const gap = graphemes.findIndex((grapheme) => !hasGrapheme(face, grapheme));
    if (gap === -1) return { face, length: graphemes.length };
    if (gap > (longest?.length ?? 0)) longest = { face, length: gap };
  }
  return longest;
}

/**
 * Poppler reads a right-to-left stretch from its first letter up to the next Latin letter or digit, and so takes brackets and
 * blanks along that stand after it and leaves marks and brackets behind that it begins with. Unseen direction marks tell
 * it where the stretch begins and ends; a page that is mostly right-to-left is read from the other side.
 */
function fenced(fonts: Fonts, runs: readonly GlyphRun[]): readonly GlyphRun[] {
  const faces = runs.map(({ font }) => fonts.opened(font)!);
  const face = faces.find(({ font }) => font.hasGlyphForCodePoint(GRAPHEME_JOINER));
  if (face === undefined) return runs;
  const unseen = placeAlone(face, GRAPHEME_JOINER);
  return [runOf(face, [unseen], '\u200e\u200f'), ...runs, runOf(face, [unseen], '\u200f\u200e')];
}

/** Neighbouring runs of one font become one, unless one of them says its text itself. */
function joined(runs: readonly GlyphRun[]): GlyphRun[] {
  const out: GlyphRun[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const joins = last !== undefined && last.font === run.font && isPlain(last) && isPlain(run);
    if (joins) out[out.length - 1] = join(last, run);
    else out.push(run);
  }
  return out;
}

function isPlain(run: GlyphRun): boolean {
  return run.actualText === undefined;
}

function join(a: GlyphRun, b: GlyphRun): GlyphRun {
  const last = a.parts.at(-1)!;
  const [first, ...others] = b.parts;
  const seam = first!.rise === last.rise ? [{ rise: last.rise, tj: `${last.tj}${first!.tj}` }] : [last, first!];
  return {
    font: a.font,
    parts: [...a.parts.slice(0, -1), ...seam, ...others],
    width: a.width + b.width,
    glyphs: [...a.glyphs, ...b.glyphs],
  };
}
