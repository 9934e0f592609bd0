import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { create, type Font } from 'fontkit';
import type { FaceName } from '../../src/layout/page.ts';
import { countIn, fontResources, type UsedGlyphs } from '../../src/pdf/embed.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';

const typefaces = openTypefaces();

describe('embedded fonts', () => {
  it.each([
    ['Nguyễn Ольга Ệ', 'N', false],
    ['محمد الأحمد', 'A', true],
    ['陈伟', 'C', false],
    ['José', 'R', false],
  ])('show for %s the outlines of the font %s', (text, resource, rtl) => {
    const { codes, glyphFor, program } = embed(text, resource, { rtl });
    const { font } = typefaces.face(resource);
    const outline = (of: Font, id: number) => of.getGlyph(id).path.toSVG();
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(outline(program, glyphFor(code))).toBe(outline(font, code));
  });

  it('state the widths that the font has', () => {
    const { codes, widths } = embed('🙂👍', 'E');
    const { font } = typefaces.face('E');
    const expected = codes.map((code) => (font.getGlyph(code).advanceWidth * 1000) / font.unitsPerEm);
    expect(codes.length).toBe(2);
    codes.forEach((code, i) => {
      expect(widths.get(code)).toBeCloseTo(expected[i]!, 2);
    });
  });

  it.each([['regular', 'R'] as const, ['bold', 'B'] as const, ['italic', 'I'] as const, ['boldItalic', 'BI'] as const])(
    'carry all glyphs of the %s text face, and each stands for something',
    (face, resource) => {
      const { meanings, widths } = embed('a', resource, { face });
      const { font } = typefaces.face(resource);
      const ids = Array.from({ length: font.numGlyphs - 1 }, (_, i) => i + 1);
      expect([...meanings.keys()]).toEqual(ids);
      expect([...widths.keys()]).toEqual(ids);
      expect([...meanings.values()].filter((text) => /[\0\ufeff\ufffd\ufffe]/u.test(text) || text === '')).toEqual([]);
      expect(meanings.get(font.glyphForCodePoint('é'.codePointAt(0)!).id)).toBe('é');
    },
  );

  it('are named as subsets by the glyphs they hold', () => {
    expect(embed('Ольга', 'N').name).toMatch(/^[A-Z]{6}\+NotoSans-Regular$/u);
    expect(embed('Ольга', 'N').name).toBe(embed('агьлО', 'N').name);
    expect(embed('Ольга', 'N').name).not.toBe(embed('Иван', 'N').name);
    expect(embed('a', 'R').name).toBe('AtkinsonHyperlegibleNext-Regular');
  });

  it('are only those that are used', () => {
    const used: UsedGlyphs = new Map();
    for (const run of typefaces.shape('Ann Ольга', 'bold', false).runs) countIn(used, run);
    expect([...fontResources(fakeDocument(), typefaces, used).keys()]).toEqual(['B', 'NB']);
  });
});

interface FakeObject {
  data: FakeFont & FakeDescendant;
  bytes: Buffer;
}

interface FakeFont {
  BaseFont: string;
  DescendantFonts: [FakeObject];
  ToUnicode: FakeObject;
}

interface FakeDescendant {
  W: (number | number[])[];
  CIDToGIDMap: 'Identity' | FakeObject;
  FontDescriptor: { data: { FontFile2: FakeObject } };
}

function fakeDocument(): PDFKit.PDFDocument {
  const ref = (data: object) => {
    const object = { data, bytes: Buffer.alloc(0), end: (bytes: Buffer) => Object.assign(object, { bytes }) };
    return object;
  };
  return { ref } as unknown as PDFKit.PDFDocument;
}

/** The font object of `resource` for a document that holds `text`, taken apart. */
function embed(text: string, resource: string, { rtl = false, face = 'regular' as FaceName } = {}) {
  const used: UsedGlyphs = new Map();
  const { runs } = typefaces.shape(text, face, rtl);
  for (const run of runs) countIn(used, run);
  const { data } = fontResources(fakeDocument(), typefaces, used).get(resource) as unknown as FakeObject;
  const descendant = data.DescendantFonts[0].data;
  const map = descendant.CIDToGIDMap;
  const toGlyph = map === 'Identity' ? undefined : inflateSync(map.bytes);
  return {
    name: data.BaseFont,
    codes: runs
      .filter((run) => run.font === resource)
      .flatMap((run) => run.parts.flatMap(({ tj }) => tj.match(/[0-9a-f]{4}(?=[0-9a-f]*>)/gu) ?? []))
      .map((code) => Number.parseInt(code, 16)),
    glyphFor: (code: number) => toGlyph?.readUInt16BE(2 * code) ?? code,
    program: create(inflateSync(descendant.FontDescriptor.data.FontFile2.bytes)) as Font,
    widths: widthsByCode(descendant.W),
    meanings: meaningsByCode(inflateSync(data.ToUnicode.bytes).toString('latin1')),
  };
}

function widthsByCode(w: readonly (number | number[])[]): Map<number, number> {
  const widths = new Map<number, number>();
  for (let i = 0; i < w.length; i += 2) {
    (w[i + 1] as number[]).forEach((width, offset) => {
      widths.set((w[i] as number) + offset, width);
    });
  }
  return widths;
}

function meaningsByCode(cmap: string): Map<number, string> {
  const entries = cmap.slice(cmap.indexOf('beginbfchar')).matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gmu);
  return new Map(
    Array.from(entries, ([, code, units]) => [
      Number.parseInt(code!, 16),
      Buffer.from(units!, 'hex').swap16().toString('utf16le'),
    ]),
  );
}
