// Lines are broken and ordered by the rules of Unicode; here a character is 5 points wide, so widths are counted.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines, type LineSettings } from '../../src/layout/lines.ts';
import { themeOf } from '../../src/layout/theme.ts';
import type { Inline } from '../../src/merge/block.ts';
import { fakeMeasure } from '../support/measure.ts';

const { body } = themeOf('letter', false);
const settings = (characters: number, some: Partial<LineSettings> = {}): LineSettings => ({
  width: characters * 5,
  style: body,
  measure: fakeMeasure,
  direction: 'ltr',
  italics: true,
  ...some,
});
const set = (inlines: readonly Inline[], characters: number, some?: Partial<LineSettings>) =>
  breakLines(inlines, settings(characters, some)).lines;
/** Lines as texts in reading order, without the blanks they end with. */
const broken = (text: string, characters: number, some?: Partial<LineSettings>) =>
  set([{ text }], characters, some).map((line) =>
    line.pieces
      .map((piece) => piece.text)
      .join('')
      .trimEnd(),
  );
/** Pieces of the first line as the eye meets them, left to right; `<` marks those that run to the left. */
const seen = (text: string, direction: 'ltr' | 'rtl' | 'auto', characters = 100) =>
  [...set([{ text }], characters, { direction })[0]!.pieces]
    .sort((a, b) => a.x - b.x)
    .map((piece) => (piece.rtl ? '<' : '') + piece.text);

const words = (count: number, word = 'abcd') => Array.from({ length: count }, () => word).join(' ');

describe('lines', () => {
  it('break between words and drop no word', () => {
    expect(broken('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(broken('one two three four', 18)).toEqual(['one two three four']);
  });

  it('are never wider than the column, the blank at the end apart', () => {
    for (const line of set([{ text: words(40) }], 23)) expect(line.width).toBeLessThanOrEqual(23 * 5);
  });

  it('break after a hyphen and a dash, not before punctuation', () => {
    expect(broken('well-known', 6)).toEqual(['well-', 'known']);
    expect(broken('aaaa bbbb, cccc!', 9)).toEqual(['aaaa', 'bbbb,', 'cccc!']);
    expect(broken('say “yes” now', 9)).toEqual(['say “yes”', 'now']);
  });

  it('do not break at a blank that holds together', () => {
    expect(broken('see page\u00a07 and go', 9)).toEqual(['see', 'page\u00a07', 'and go']);
    expect(broken('a 10\u202fkm b', 5)).toEqual(['a', '10\u202fkm', 'b']);
  });

  it('end where a break is forced', () => {
    const inlines = [{ text: 'one', breakAfter: true }, { text: 'two' }];
    expect(set(inlines, 40).map((line) => line.pieces.map(({ text }) => text))).toEqual([['one '], ['two']]);
  });

  it('of nothing are none', () => {
    expect(set([], 10)).toEqual([]);
    expect(broken('', 10)).toEqual([]);
  });

  it('keep Chinese and Japanese punctuation with its word', () => {
    expect(broken('你好，世界。', 3)).toEqual(['你好，', '世界。']);
  });

  it('do not end in a short word alone: the word before comes along', () => {
    const text = `${words(6, 'abcde')} it`;
    expect(broken(text, 36)).toEqual([words(5, 'abcde'), 'abcde it']);
    expect(broken(`${words(6, 'abcde')} otherwise`, 36).at(-1)).toBe('otherwise');
  });
});

describe('a word wider than the column', () => {
  it('is cut to fit and loses nothing', () => {
    expect(broken('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(broken('a https://example.org/very-long b', 8).join('').replace(' ', '')).toBe(
      'ahttps://example.org/very-longb',
    );
  });

  it('leaves no blank line and no indent where it fills its last line to the brim', () => {
    const lines = set([{ text: 'abcdefgh ij kl' }], 4);
    expect(
      lines.map(({ pieces }) =>
        pieces
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      ),
    ).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    for (const { pieces } of lines) expect(pieces[0]!.x).toBe(0);
    for (const { pieces } of lines) expect(pieces[0]!.text).toMatch(/^\S/u);
  });

  const letters = ['e\u0301', '👩‍👩‍👧', '👍🏽', '🇩🇪', 'क्षि', '1️⃣', 'ก็', '한', '𝒳'];
  it.each([1, 2, 3, 4, 5, 6])('is never torn within a letter or an emoji, at %d characters a line', (characters) => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters, 'a', '-', ' '), { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join('').trim();
        const whole = Array.from(graphemes.segment(text), ({ segment }) => segment).filter((one) => one.trim() !== '');
        const cut = broken(text, characters).flatMap((line) =>
          Array.from(graphemes.segment(line), ({ segment }) => segment),
        );
        expect(cut.filter((one) => one.trim() !== '')).toEqual(whole);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe('pieces', () => {
  it('keep their inline and its face', () => {
    const inlines = [
      { text: 'a ' },
      { text: 'b', bold: true },
      { text: 'c', italic: true },
      { text: 'd', bold: true, italic: true },
    ];
    const [line] = set(inlines, 40);
    expect(line!.pieces.map(({ text, inline, face, x }) => [text, inline, face, x])).toEqual([
      ['a ', 0, 'regular', 0],
      ['b', 1, 'bold', 10],
      ['c', 2, 'italic', 15],
      ['d', 3, 'boldItalic', 20],
    ]);
  });

  it('are bold instead of italic where italics are left out', () => {
    const [line] = set([{ text: 'a', italic: true }], 40, { italics: false });
    expect(line!.pieces[0]!.face).toBe('bold');
  });

  it('of one word in two faces stay on one line', () => {
    const lines = set([{ text: 'aaaa bb' }, { text: 'bb', bold: true }, { text: 'b' }], 7);
    expect(lines.map(({ pieces }) => pieces.map(({ text }) => text.trimEnd()))).toEqual([['aaaa'], ['bb', 'bb', 'b']]);
  });

  it('hold every character once, whatever the text and the width', () => {
    const text = fc.array(
      fc.constantFrom('a', 'bc', 'שלום', 'سلام', '12', '(', ')', '. ', ' ', '-', '👩‍👧', '中', '\u00a0'),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('ltr' as const, 'rtl' as const, 'auto' as const),
        (parts, characters, direction) => {
          const inlines = parts.map((part, index) => ({ text: part.join(''), bold: index % 2 === 1 }));
          const lines = set(inlines, characters, { direction });
          const read = lines.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
          const typed = inlines.map((inline) => inline.text).join('');
          expect(read.replace(/\s/gu, '')).toBe(typed.replace(/\s/gu, ''));
        },
      ),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('stand side by side: none covers another, none leaves the column', () => {
    const word = fc.constantFrom('abc', 'שלום', 'سلام', '12', '(x)', '7%', 'é', 'ה-3');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 14 }),
        fc.constantFrom('ltr' as const, 'rtl' as const),
        (parts, direction) => {
          for (const { pieces, width } of set([{ text: parts.join(' ') }], 18, { direction })) {
            const inked = pieces
              .filter(({ text }) => text.trim() !== '')
              .map((piece) => ({ ...piece, inked: 5 * [...piece.text.trimEnd()].length }));
            const spans = inked.map((piece) => {
              const from = piece.rtl ? piece.x + piece.width - piece.inked : piece.x;
              return [from, from + piece.inked] as const;
            });
            spans.sort((a, b) => a[0] - b[0]);
            for (const [index, [from]] of spans.entries())
              if (index > 0) expect(from).toBeGreaterThanOrEqual(spans[index - 1]![1]);
            expect(spans[0]![0]).toBeGreaterThanOrEqual(0);
            expect(spans.at(-1)![1]).toBeLessThanOrEqual(18 * 5);
            expect(width).toBeLessThanOrEqual(18 * 5);
          }
        },
      ),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe('direction', () => {
  it('sets Arabic inside English', () => {
    expect(seen('For محمد الأحمد today', 'ltr')).toEqual(['For ', '<محمد الأحمد', ' today']);
  });

  it('sets English inside Arabic', () => {
    expect(seen('اكتب abc def هنا', 'rtl')).toEqual(['< هنا', 'abc def', '<اكتب ']);
  });

  it('sets numbers inside Arabic from left to right', () => {
    expect(
      seen('اتصل 555 0100 الآن', 'rtl')
        .filter((text) => !text.startsWith('<'))
        .join(''),
    ).toContain('0100');
    expect(seen('סעיף 12', 'rtl')).toEqual(['12', '<סעיף ']);
  });

  it('keeps brackets round what they hold', () => {
    expect(seen('a (שלום) b', 'ltr')).toEqual(['a (', '<שלום', ') b']);
    expect(seen('שלום (abc)', 'rtl').map((text) => text.replace('<', ''))).toEqual([')', 'abc', 'שלום (']);
  });

  it('starts right-to-left lines at the right edge', () => {
    const { lines, base } = breakLines([{ text: 'שלום' }], settings(10, { direction: 'rtl' }));
    expect(base).toBe('rtl');
    expect(lines[0]!.pieces[0]).toMatchObject({ x: 30, width: 20, rtl: true });
  });

  it('is that of the first letter when it is not given, for each line of a note by itself', () => {
    expect(breakLines([{ text: '12 שלום abc' }], settings(40, { direction: 'auto' })).base).toBe('rtl');
    expect(breakLines([{ text: 'abc שלום' }], settings(40, { direction: 'auto' })).base).toBe('ltr');
    const lines = set([{ text: 'abc', breakAfter: true }, { text: 'שלום' }], 10, { direction: 'auto' });
    expect(lines.map(({ pieces }) => pieces[0]!.x)).toEqual([0, 30]);
  });

  it('breaks right-to-left text at the same places, first words first', () => {
    expect(broken('שלום עולם טוב', 9, { direction: 'rtl' })).toEqual(['שלום עולם', 'טוב']);
  });

  it('keeps the direction of a name to itself', () => {
    expect(seen('For \u2068דוד\u2069 · 23', 'ltr').map((text) => text.replace(/[\u2066-\u2069]/gu, ''))).toEqual([
      'For ',
      '<דוד',
      ' · 23',
    ]);
  });
});
