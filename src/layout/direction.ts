// Which way text runs: text and a base direction in, levels per character and visual order out (UAX 9, by bidi-js).
import bidiFactory from 'bidi-js';

// The package's types describe its ES module; Node loads the CommonJS one, whose export is the factory itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export interface Levels {
  base: 'ltr' | 'rtl';
  /** Not all of one level. */
  mixed: boolean;
  /** The embedding level of a UTF-16 index; odd = right to left. */
  at(index: number): number;
}

/** `auto` takes the direction of the first letter that has one, as HTML's dir="auto" does. */
export function levelsOf(text: string, direction: 'ltr' | 'rtl' | 'auto'): Levels {
  if (direction !== 'rtl' && !RIGHT_TO_LEFT.test(text)) return { base: 'ltr', mixed: false, at: () => 0 };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction);
  const base = ((paragraphs[0]?.level ?? 0) & 1) === 1 ? 'rtl' : 'ltr';
  return { base, mixed: true, at: (index) => levels[index] ?? 0 };
}

/** Pieces of one line from logical into visual order, left to right (UAX 9, rule L2). */
export function visualOrder<T extends { level: number }>(pieces: readonly T[]): readonly T[] {
  const highest = pieces.reduce((most, { level }) => Math.max(most, level), 0);
  if (highest === 0) return pieces;
  const out = [...pieces];
  for (let level = highest; level >= 1; level--) {
    for (let from = 0; from < out.length; from++) {
      if (out[from]!.level < level) continue;
      let to = from;
      while (to < out.length && out[to]!.level >= level) to++;
      out.splice(from, to - from, ...out.slice(from, to).reverse());
      from = to;
    }
  }
  return out;
}
