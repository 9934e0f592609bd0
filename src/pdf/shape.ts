// One word of any script and a face that has it in, glyph runs that read back as the word out.
import bidiFactory from 'bidi-js';
import { asPrinted, type Face } from './face.ts';
import type { GlyphRun } from './glyphs.ts';
import { type PlacedGlyph, placeAlone, placeGlyphs, runOf } from './place.ts';

// The package's types describe its ES module; Node loads the CommonJS one, whose export is the factory itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

export function shapeFully(face: Face, word: string, rtl: boolean): GlyphRun[] {
  const ordered = word.replace(VOWELS_BEFORE_SHADDA, '\u0651$1');
  const glyphs = placeGlyphs(face, asPrinted(rtl ? mirrored(ordered) : ordered), rtl);
  return rtl ? rightToLeft(face, ordered, glyphs) : leftToRight(face, ordered, glyphs);
}

/** NFC puts the vowel before the doubling sign, and would so print an `a` where an `i` is written (UTR 53). */
const VOWELS_BEFORE_SHADDA = /([\u064b-\u0650]+)\u0651/gu;

/**
 * The whole word is said where its glyphs, each read by itself, would say another (moved vowels, ligatures, joiners) or
 * where a mark stands over or under a letter, which poppler may take for another line.
 */
function leftToRight(face: Face, word: string, glyphs: readonly PlacedGlyph[]): GlyphRun[] {
  const visible = glyphs.filter((glyph) => !glyph.silent);
  const readsBack = visible.every((glyph) => glyph.ownMeaning && glyph.advance > 0) && readingOf(visible) === word;
  return [readsBack ? runOf(face, visible) : runOf(face, visible, word)];
}

function readingOf(glyphs: readonly PlacedGlyph[]): string {
  return glyphs.map((glyph) => String.fromCodePoint(...glyph.codePoints)).join('');
}

/** Brackets and the like open to the other side in right-to-left text (UAX 9, rule L4). */
function mirrored(word: string): string {
  return Array.from(word, (char) => bidi.getMirroredCharacter(char) ?? char).join('');
}

/** Has a glyph of no width and no ink in the Arabic and the Hebrew font; those of the joiners show a stroke. */
export const GRAPHEME_JOINER = 0x034f;

/**
 * Readers of PDF turn right-to-left text round glyph by glyph, some of them (poppler) also inside a replacement text. So
 * every glyph says its own letter: dots and other parts of a letter say nothing, and joiners are there as unseen glyphs.
 */
function rightToLeft(face: Face, word: string, glyphs: readonly PlacedGlyph[]): GlyphRun[] {
  const letters = lettersOf(word, glyphs);
  const unseen = placeAlone(face, GRAPHEME_JOINER);
  const hasUnseen = unseen.id !== 0 || glyphs.every((glyph) => glyph.advance > 0);
  if (letters === undefined || !hasUnseen) return leftToRight(face, word, glyphs);
  return glyphs.map((glyph, i) => {
    const letter = letters[i]!;
    if (glyph.silent) return spoken(face, unseen, letter);
    // A point above or below the letter is said on the baseline, before its letter as all is said from the end.
    if (glyph.advance === 0 && letter !== '') return runOf(face, [unseen, glyph, unseen], letter);
    return spoken(face, glyph, letter);
  });
}

function spoken(face: Face, glyph: PlacedGlyph, letter: string): GlyphRun {
  const readsBack = glyph.ownMeaning && readingOf([glyph]) === letter;
  return readsBack ? runOf(face, [glyph]) : runOf(face, [glyph], letter);
}

/** Which characters each glyph stands for; the glyphs are in the order of the page, from the last letter to the first. */
function lettersOf(word: string, glyphs: readonly PlacedGlyph[]): string[] | undefined {
  const chars = Array.from(word);
  let next = 0;
  const letters = glyphs.toReversed().map(({ characters }) => {
    const letter = chars.slice(next, next + characters).join('');
    next += characters;
    return letter;
  });
  return next === chars.length ? letters.reverse() : undefined;
}
