// A font file in, a face out: which graphemes it has, how wide its glyphs are, what each glyph stands for.
import { readFileSync } from 'node:fs';
import { create, type Font, type Glyph } from 'fontkit';

export interface Face {
  /** Resource name in the PDF: `R`, `B`, `N` … */
  resource: string;
  font: Font;
  /** Font units to 1/1000 of the size. */
  scale: number;
  /** Carried with all its glyphs by every document; the others are cut down to what a document uses. */
  whole: boolean;
  /** Found so far; see `meaning`. */
  meanings: Map<number, number | undefined>;
}

export function openFace(resource: string, file: URL, whole: boolean): Face {
  const font = create(readFileSync(file)) as Font;
  forgetUses(font);
  return { resource, font, scale: 1000 / font.unitsPerEm, whole, meanings: new Map() };
}

/**
 * fontkit keeps one object per glyph, and with it the text the glyph was first used for: a later document would then
 * read back as an earlier client's letters, or as none (fontkit issue 154). Here every use gets its own code points.
 */
function forgetUses(font: Font): void {
  const kept = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints = []) => {
    const glyph: Glyph = Object.create(kept(id));
    return Object.defineProperty(glyph, 'codePoints', { value: codePoints });
  };
}

/** Joiners, variation selectors and the like: they change their neighbours and print nothing themselves. */
const SILENT = /^\p{Default_Ignorable_Code_Point}$/u;
/** Private use means nothing to anybody else; U+FFFC and U+FFFD are what is left of a character that was lost. */
const MEANINGLESS = /^[\p{Co}\p{Cc}\ufffc\ufffd]$/u;

/** The hyphens that no text face has look like the one that all have. */
export function asPrinted(text: string): string {
  return text.replace(/[\u2010\u2011]/gu, '-');
}

export function hasGrapheme(face: Face, grapheme: string): boolean {
  for (const char of asPrinted(grapheme)) {
    if (SILENT.test(char)) continue;
    if (MEANINGLESS.test(char) || !face.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

/** Ready-made ligatures and joined Arabic letters: another way to write other characters, never what a glyph stands for. */
function isPresentationForm(codePoint: number): boolean {
  return (codePoint >= 0xfb00 && codePoint <= 0xfdff) || (codePoint >= 0xfe70 && codePoint <= 0xfefc);
}

/** The one code point that a glyph stands for by the font's own table; nothing for ligatures and joined letters. */
export function meaning({ font, meanings }: Face, glyphId: number): number | undefined {
  if (!meanings.has(glyphId)) meanings.set(glyphId, lowestCodePoint(font, glyphId));
  return meanings.get(glyphId);
}

function lowestCodePoint(font: Font, glyphId: number): number | undefined {
  return font
    .stringsForGlyph(glyphId)
    .map((string) => string.codePointAt(0) ?? 0)
    .filter((codePoint) => !isPresentationForm(codePoint) && !MEANINGLESS.test(String.fromCodePoint(codePoint)))
    .sort((a, b) => a - b)[0];
}

/**
 * What a glyph without a code point stands for, by its name: `acutecomb.case` is another shape of `acutecomb`,
 * `uni004A0301` is made of U+004A and U+0301 (Adobe Glyph List Specification, section 2).
 */
export function glyphNameMeaning(face: Face, glyphId: number): readonly number[] {
  const base = face.font.getGlyph(glyphId).name.split('.')[0] ?? '';
  const spelled = /^uni((?:[0-9A-F]{4})+)$/u.exec(base)?.[1];
  if (spelled !== undefined) return (spelled.match(/.{4}/gu) ?? []).map((hex) => Number.parseInt(hex, 16));
  const named = face.font.characterSet.find((codePoint) => face.font.glyphForCodePoint(codePoint).name === base);
  return [named ?? 0xfffd];
}
