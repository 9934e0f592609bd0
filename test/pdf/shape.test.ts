import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { create, type Font } from 'fontkit';
import type { FaceName } from '../../src/layout/page.ts';
import type { Shaped } from '../../src/pdf/glyphs.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';

const ROOT = new URL('../../', import.meta.url);
const TEXT_FILES: [FaceName, string][] = [
  ['regular', 'AtkinsonHyperlegibleNext-Regular.ttf'],
  ['bold', 'AtkinsonHyperlegibleNext-Bold.ttf'],
  ['italic', 'AtkinsonHyperlegibleNext-Italic.ttf'],
  ['boldItalic', 'AtkinsonHyperlegibleNext-BoldItalic.ttf'],
];
const NAMES = [
  'Zoë',
  'Łukasiewicz',
  "O'Brien",
  'Tóth',
  'Ýrr',
  'AVATAR',
  'Ťažký',
  'L’Été',
  'Jürgen',
  'Wójcik',
  'Ff.',
  'Yd,',
];

const typefaces = openTypefaces();

describe('words in the text faces', () => {
  it.each(TEXT_FILES)('are shaped in %s as fontkit shapes them', (face, file) => {
    const font = openFont(file);
    const differing = wordsOfArticles()
      .concat(NAMES)
      .filter((word) => Array.from(word).every((char) => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)))
      .filter((word) => glyphsAndPens(font, typefaces.shape(word, face, false)) !== fontkitGlyphsAndPens(font, word));
    expect(differing).toEqual([]);
  });

  it.each(['To AVA Kay', 'To AVA Ольга Kay', 'AVA Nguyễn 🙂 A'])('add up to the width of the line %s', (line) => {
    const width = (text: string) => typefaces.shape(text, 'regular', false).width;
    const words = line.split(' ').map(width);
    expect(width(line)).toBeCloseTo(words.reduce((sum, word) => sum + word + width(' '), -width(' ')));
  });

  it('become one run where they are of one font', () => {
    expect(fontsOf('Zoë Łukasiewicz and José')).toEqual(['R']);
  });

  it('lose soft hyphens and direction marks that layout left in', () => {
    expect(typefaces.shape('re\u00adla\u200etion', 'regular', false)).toEqual(
      typefaces.shape('relation', 'regular', false),
    );
  });

  it.each(['Zoe\u0308', '\u212bsa', 'x\u0302y\u0308', 'Ze\u0301 Maria', '\u2126', 'n\u0303\u00ado'])(
    'are shaped as their normal form: %s',
    (text) => {
      const normal = typefaces.shape(text.normalize('NFC'), 'regular', false);
      expect(typefaces.shape(text, 'regular', false)).toEqual(normal);
      expect(typefaces.width(text, 'regular')).toBe(normal.width);
    },
  );

  it('come out the same whether they are kept or not', () => {
    const shaped = typefaces.shape('Nguyễn says', 'bold', false);
    expect(typefaces.shape('Nguyễn says', 'bold', false, true)).toEqual(shaped);
    expect(typefaces.shape('Nguyễn says', 'bold', false, true)).toEqual(shaped);
  });

  it('are kept only when asked', () => {
    const once = typefaces.shape('Kept', 'regular', false);
    expect(typefaces.shape('Kept', 'regular', false)).not.toBe(once);
    const kept = typefaces.shape('Kept', 'regular', false, true);
    expect(typefaces.shape('Kept', 'regular', false, true)).toBe(kept);
  });
});

describe('the choice of a font', () => {
  it.each([
    ['a Vietnamese word whole', 'Nguyễn', ['N']],
    ['a Vietnamese word next to an emoji whole', 'Nguyễn🙂', ['N', 'E']],
    ['Cyrillic', 'Ольга', ['N']],
    ['Chinese', '陈伟', ['C']],
    ['Korean', '김민준', ['K']],
    ['Hindi', 'क्षितिज', ['N']],
    ['an emoji after a Latin name', 'José🙂', ['R', 'E']],
    ['a family of several emoji as one', '👨‍👩‍👧‍👦', ['E']],
  ])('takes one font for %s', (_what, text, fonts) => {
    expect(fontsOf(text)).toEqual(fonts);
  });

  it('prints a family of several emoji as one glyph', () => {
    expect(typefaces.shape('👨‍👩‍👧‍👦', 'regular', false).runs[0]?.glyphs).toHaveLength(1);
  });

  it('takes bold fallbacks for bold text, upright ones for italic', () => {
    expect(fontsOf('Ольга', 'bold')).toEqual(['NB']);
    expect(fontsOf('Ольга', 'boldItalic')).toEqual(['NB']);
    expect(fontsOf('Ольга', 'italic')).toEqual(['N']);
    expect(fontsOf('陈伟', 'bold')).toEqual(['C']);
  });

  it('opens the large fonts only for text that needs them', () => {
    const fresh = openTypefaces();
    fresh.unprintable('Nguyễn, Ольга (Ann) 🙂 محمد');
    expect(() => fresh.face('C')).toThrow();
    fresh.unprintable('陈伟');
    expect(fresh.face('C').font.postscriptName).toBe('NotoSansSC-Regular');
  });

  it('has in bold what it has in regular', () => {
    for (const family of ['NotoSans', 'NotoSansArabic', 'NotoSansHebrew']) {
      expect(openFont(`${family}-Bold.ttf`).characterSet).toEqual(openFont(`${family}-Regular.ttf`).characterSet);
    }
    const [regular, ...others] = TEXT_FILES.map(([, file]) => openFont(file).characterSet);
    for (const other of others) expect(other).toEqual(regular);
  });
});

describe('right-to-left words', () => {
  it('stand in reverse order', () => {
    const inside = (text: string) => glyphIds(typefaces.shape(text, 'regular', true)).slice(1, -1);
    const [first, second] = ['דוד', 'כהן'].map(inside);
    const both = inside('דוד כהן');
    expect(both.slice(0, 3)).toEqual(second);
    expect(both.slice(-3)).toEqual(first);
  });

  it('mirror their brackets once', () => {
    const { font } = typefaces.face(fontsOf('דוד', 'regular', true)[0]!);
    const ids = glyphIds(typefaces.shape('(דוד)', 'regular', true)).slice(1, -1);
    expect(ids[0]).toBe(font.glyphForCodePoint('('.codePointAt(0)!).id);
    expect(ids.at(-1)).toBe(font.glyphForCodePoint(')'.codePointAt(0)!).id);
  });

  it('stand between unseen direction marks, their outer blanks outside', () => {
    const { runs, width } = typefaces.shape(' דוד ', 'regular', true);
    const marks = runs.filter(({ actualText }) => actualText !== undefined);
    expect(marks.map(({ actualText }) => actualText)).toEqual(['\u200e\u200f', '\u200f\u200e']);
    expect(marks.map((run) => run.width)).toEqual([0, 0]);
    expect([runs[0], runs.at(-1)].map((run) => run?.font)).toEqual(['R', 'R']);
    expect(width).toBe(runs.reduce((sum, run) => sum + run.width, 0));
  });

  it('put the Arabic doubling sign under its vowel', () => {
    const { runs } = typefaces.shape('\u0645\u0651\u064e', 'regular', true);
    const riseOf = (mark: string) =>
      Math.max(...(runs.find((run) => run.actualText === mark)?.parts ?? []).map(({ rise }) => rise));
    expect(riseOf('\u064e')).toBeGreaterThan(riseOf('\u0651'));
  });
});

describe('unprintable', () => {
  it.each([
    ['Thai', 'สม', ['ส', 'ม']],
    ['Tamil', 'அ', ['அ']],
    ['private use', 'a\ue000b', ['\ue000']],
    ['private use that a font of ours has', '\u{fe82e}', ['\u{fe82e}']],
    ['unassigned', '\u0378', ['\u0378']],
    ['the replacement character', 'Jos\ufffd', ['\ufffd']],
    ['half a character', '\ud83d', ['\ud83d']],
    ['control characters', 'a\u0007b', ['\u0007']],
    ['a letter with a mark that no font of ours has', 'a\u{1e130}', ['a\u{1e130}']],
  ])('names %s', (_what, text, expected) => {
    expect(typefaces.unprintable(text)).toEqual(expected);
  });

  it('names each grapheme once, in order', () => {
    expect(typefaces.unprintable('ม Ann ส ม')).toEqual(['ม', 'ส']);
  });

  it.each([
    ['line breaks, tabs and no-break spaces', 'a\r\n\tb\u00a0c\u202fd'],
    ['joiners and direction marks', '\u0645\u06cc\u200c\u062e \u200fa\u200d'],
    ['skin tones and variation selectors', '👍🏽 ❤️ 1️⃣ 🇵🇱'],
    ['typographic punctuation', '“It’s — fine…” • ½ €5 · 10 °C ‹a› →'],
    ['no-break hyphens', 'Anne\u2011Marie'],
  ])('lets pass %s', (_what, text) => {
    expect(typefaces.unprintable(text)).toEqual([]);
  });

  it('agrees with shape', () => {
    for (const text of ['ม', '\ue000', 'a\u0007b']) {
      expect(() => typefaces.shape(text, 'regular', false)).toThrow('unprintable()');
    }
  });
});

function openFont(file: string): Font {
  return create(readFileSync(new URL(`fonts/${file}`, ROOT))) as Font;
}

function wordsOfArticles(): string[] {
  const folders = readdirSync(new URL('content/', ROOT), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const text = folders.map(({ name }) => readFileSync(new URL(`content/${name}/en.md`, ROOT), 'utf8')).join('\n');
  const curly = text.replaceAll("'", '’');
  return [...new Set(`${text} ${curly}`.normalize('NFC').split(/\s+/u))].filter((word) => word !== '');
}

function fontsOf(text: string, face: FaceName = 'regular', rtl = false): string[] {
  return typefaces.shape(text, face, rtl).runs.map(({ font }) => font);
}

function glyphIds(shaped: Shaped): number[] {
  const codes = shaped.runs
    .flatMap(({ parts }) => parts)
    .flatMap(({ tj }) => tj.match(/[0-9a-f]{4}(?=[0-9a-f]*>)/gu) ?? []);
  return codes.map((code) => Number.parseInt(code, 16));
}

/** `id@pen,rise` for every glyph, as the TJ operators place them. */
function glyphsAndPens(font: Font, shaped: Shaped): string {
  let pen = 0;
  const places = shaped.runs[0]!.parts.flatMap(({ rise, tj }) =>
    [...tj.matchAll(/(-?[\d.]+)(?=<|$)|([0-9a-f]{4})(?=[0-9a-f]*>)/gu)].flatMap(([, back, code]) => {
      if (code === undefined) pen -= Number(back);
      else {
        const place = `${Number.parseInt(code, 16)}@${Math.round(pen)},${rise}`;
        pen += font.getGlyph(Number.parseInt(code, 16)).advanceWidth;
        return [place];
      }
      return [];
    }),
  );
  return `${places.join(' ')} = ${Math.round(pen)}`;
}

function fontkitGlyphsAndPens(font: Font, word: string): string {
  const { glyphs, positions } = font.layout(word);
  let pen = 0;
  const places = glyphs.map(({ id }, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i]!;
    const place = `${id}@${Math.round(pen + xOffset)},${yOffset}`;
    pen += xAdvance;
    return place;
  });
  return `${places.join(' ')} = ${Math.round(pen)}`;
}
