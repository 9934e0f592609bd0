// The nouns of shaped text: which glyphs of which font stand for a text. Types only.
import type { FaceName } from '../layout/page.ts';

/** Glyphs of one font, left to right as they stand on the page. */
export interface GlyphRun {
  /** Resource name of the font in the PDF, e.g. `R`, `B`, `N`. */
  font: string;
  /** Pieces with one rise each; `tj` is what goes between the brackets of a TJ operator: `<00410042>-12<0043>`. */
  parts: readonly { rise: number; tj: string }[];
  /** Advance in 1/1000 of the size. */
  width: number;
  /** Glyph ids used, for fonts that are cut down per document; empty for the text faces, which carry a fixed set. */
  glyphs: readonly { id: number; codePoints: readonly number[] }[];
  /** Set where the glyphs alone would not read back as the text. */
  actualText?: string;
}

export interface Shaped {
  /** Advance in 1/1000 of the size. */
  width: number;
  runs: readonly GlyphRun[];
}

/** All fonts of the house, opened lazily, prepared once per process. */
export interface Typefaces {
  shape(text: string, face: FaceName, rtl: boolean): Shaped;
  /** As shares of the size, of the text face. */
  ascent(face: FaceName): number;
  descent(face: FaceName): number;
  /** The graphemes of `text` that no font of ours can print, each once. */
  unprintable(text: string): string[];
}
