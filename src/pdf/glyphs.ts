// The nouns of shaped text: which glyphs of which font stand for a text. Types only.
import type { FaceName } from '../layout/page.ts';
import type { Face } from './face.ts';

/** Glyphs of one font, left to right as they stand on the page. */
export interface GlyphRun {
  /** Resource name of the font in the PDF, e.g. `R`, `B`, `N`. */
  font: string;
  /**
   * Pieces with one rise each, in 1/1000 of the size; `tj` is what goes between the brackets of a TJ operator:
   * `<00410042>-12<0043>`. Codes are the glyph ids of the whole font.
   */
  parts: readonly { rise: number; tj: string }[];
  /** Advance in 1/1000 of the size. */
  width: number;
  /** Glyph ids used, for fonts that are cut down per document; empty for the text faces, which carry a fixed set. */
  glyphs: readonly { id: number; codePoints: readonly number[] }[];
  /**
   * Set where the glyphs alone would not read back as the text, and then written around them inside the marked content:
   * `/Span <</ActualText <FEFF…>>> BDC … EMC`. The empty text counts too: part of a letter that the next run says.
   */
  actualText?: string;
}

export interface Shaped {
  /** Advance in 1/1000 of the size. */
  width: number;
  runs: readonly GlyphRun[];
}

/** All fonts of the house, opened lazily, prepared once per process. */
export interface Typefaces {
  /**
   * `text` is one direction run in logical order, its mirrored characters not yet mirrored. Each word and each space is
   * shaped by itself, so widths add up. `keep` remembers the words: only for text that no client or clinician typed.
   */
  shape(text: string, face: FaceName, rtl: boolean, keep?: boolean): Shaped;
  /** The width of `shape`, for text that is measured often and drawn once. */
  width(text: string, face: FaceName): number;
  /** The face with this resource name, to embed it. */
  face(resource: string): Face;
  /** As shares of the size, of the text face. */
  ascent(face: FaceName): number;
  descent(face: FaceName): number;
  /** The graphemes of `text` that no font of ours can print, each once. */
  unprintable(text: string): string[];
}
