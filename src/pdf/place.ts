// Text and a face in, its glyphs with their places out (shaped by fontkit); placed glyphs in, a glyph run out.
import { type Face, meaning } from './face.ts';
import type { GlyphRun } from './glyphs.ts';

/** A glyph with its place, lengths in 1/1000 of the size. */
export interface PlacedGlyph {
  id: number;
  /** What it is read as when nothing else is said. */
  codePoints: readonly number[];
  /** The font's own table says what it stands for, so that it says the same in every text. */
  ownMeaning: boolean;
  /** How many characters of the text it stands for; none for a part of a letter, such as the dots of an Arabic one. */
  characters: number;
  /** Stands for a joiner or the like and must not be seen. */
  silent: boolean;
  naturalAdvance: number;
  advance: number;
  /** How far right of the pen and above the baseline it stands. */
  x: number;
  rise: number;
}

/** PDF/UA-1, 7.21.7 wants a character for every glyph, also for one that stands for nothing by itself. */
const WORD_JOINER = 0x2060;
const SPACE = 0x20;

/** The glyphs of one word from left to right. */
export function placeGlyphs(face: Face, word: string, rtl: boolean): PlacedGlyph[] {
  const { font, scale } = face;
  // Brackets come mirrored; `rtlm` would turn them back.
  const { glyphs, positions } = font.layout(word, { rtlm: false }, undefined, undefined, rtl ? 'rtl' : 'ltr');
  const space = font.glyphForCodePoint(SPACE).id;
  return glyphs.map(({ id, codePoints, advanceWidth }, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i]!;
    return {
      ...readAs(face, id, codePoints),
      characters: codePoints.length,
      // fontkit puts a space of no width for what must not be seen; a word has no other space.
      silent: id === space && xAdvance === 0,
      naturalAdvance: advanceWidth * scale,
      advance: xAdvance * scale,
      x: xOffset * scale,
      rise: yOffset * scale,
    };
  });
}

function readAs(
  face: Face,
  id: number,
  used: readonly number[],
): Pick<PlacedGlyph, 'id' | 'codePoints' | 'ownMeaning'> {
  const own = meaning(face, id);
  if (own !== undefined) return { id, codePoints: [own], ownMeaning: true };
  return { id, codePoints: used.length > 0 ? used : [WORD_JOINER], ownMeaning: false };
}

/** The glyph that a face has for a character, where no shaping is called for. */
export function placeAlone(face: Face, codePoint: number): PlacedGlyph {
  const { id, advanceWidth } = face.font.glyphForCodePoint(codePoint);
  const advance = advanceWidth * face.scale;
  const place = { naturalAdvance: advance, advance, x: 0, rise: 0 };
  return { ...readAs(face, id, [codePoint]), characters: 1, silent: false, ...place };
}

export function runOf(face: Face, glyphs: readonly PlacedGlyph[], actualText?: string): GlyphRun {
  return {
    font: face.resource,
    parts: partsOf(glyphs),
    width: glyphs.reduce((sum, glyph) => sum + glyph.advance, 0),
    glyphs: face.whole ? [] : glyphs.map(({ id, codePoints }) => ({ id, codePoints })),
    ...(actualText === undefined ? {} : { actualText }),
  };
}

function partsOf(glyphs: readonly PlacedGlyph[]): GlyphRun['parts'] {
  const parts: { rise: number; tj: string }[] = [];
  let owed = 0; // how much further right the pen should stand
  for (const { id, naturalAdvance, advance, x, rise } of glyphs) {
    const last = parts.at(-1);
    const tj = `${shift(owed + x)}<${hex(id)}>`;
    if (last?.rise === rise) last.tj += tj;
    else parts.push({ rise, tj });
    owed = advance - naturalAdvance - x;
  }
  const last = parts.at(-1);
  if (last !== undefined) last.tj += shift(owed);
  return parts.map(({ rise, tj }) => ({ rise: rounded(rise), tj: tj.replaceAll('><', '') }));
}

/** A number in a TJ operator moves left when it is positive (ISO 32000-1, 9.4.3). */
export function shift(right: number): string {
  const left = rounded(-right);
  return left === 0 ? '' : String(left);
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function hex(glyphId: number): string {
  return glyphId.toString(16).padStart(4, '0');
}
