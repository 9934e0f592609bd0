// The glyphs a document uses in, its font objects out: the text faces whole and ready-made, the fallbacks cut down.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type Face, glyphNameMeaning, meaning } from './face.ts';
import type { GlyphRun, Typefaces } from './glyphs.ts';

/** By resource name, what each glyph used stands for. */
export type UsedGlyphs = Map<string, Map<number, readonly number[]>>;

export function countIn(used: UsedGlyphs, run: GlyphRun): void {
  const glyphs = used.get(run.font) ?? new Map<number, readonly number[]>();
  used.set(run.font, glyphs);
  // The first meaning stands: a run in which the glyph means anything else carries its text itself.
  for (const { id, codePoints } of run.glyphs) if (!glyphs.has(id)) glyphs.set(id, codePoints);
}

export function addUsed(all: UsedGlyphs, some: UsedGlyphs): void {
  for (const [font, glyphs] of some) {
    const known = all.get(font) ?? new Map<number, readonly number[]>();
    all.set(font, known);
    for (const [id, codePoints] of glyphs) if (!known.has(id)) known.set(id, codePoints);
  }
}

/**
 * Writes the fonts of `used` into the document: resource name to Type 0 font object. A font of which pages speak already
 * stands in `promised`, and is written there.
 */
export function fontResources(
  doc: PDFKit.PDFDocument,
  typefaces: Typefaces,
  used: UsedGlyphs,
  promised: ReadonlyMap<string, PDFKit.PDFKitReference> = new Map(),
): Map<string, PDFKit.PDFKitReference> {
  const inOrder = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    inOrder.map(([resource, glyphs]) => {
      const face = typefaces.face(resource);
      const program = face.whole ? wholeProgram(face) : cutProgram(face, glyphs);
      return [resource, writeFont(doc, face, program, promised.get(resource))];
    }),
  );
}

/** All that differs between a whole font and a cut-down one; the streams are deflated. */
interface FontProgram {
  name: string;
  file: Buffer;
  /** Length of `file` before it was deflated. */
  length: number;
  /** The `W` array: widths by character code (ISO 32000-1, 9.7.4.3). */
  widths: (number | number[])[];
  toUnicode: Buffer;
  /** `Identity`, or two bytes for each character code. */
  toGlyph: 'Identity' | Buffer;
}

const wholePrograms = new WeakMap<Face, FontProgram>();

function wholeProgram(face: Face): FontProgram {
  const known = wholePrograms.get(face);
  if (known !== undefined) return known;
  const ids = Array.from({ length: face.font.numGlyphs - 1 }, (_, i) => i + 1);
  const meanings = new Map(ids.map((id) => [id, wholeMeaning(face, id)]));
  const program: FontProgram = {
    name: face.font.postscriptName,
    ...outlines(face, ids),
    widths: widthsOf(face, ids),
    toUnicode: deflateSync(toUnicodeMap(meanings), { level: 9 }),
    // All glyphs in their old order keep their numbers.
    toGlyph: 'Identity',
  };
  wholePrograms.set(face, program);
  return program;
}

function wholeMeaning(face: Face, id: number): readonly number[] {
  const own = meaning(face, id);
  return own === undefined ? glyphNameMeaning(face, id) : [own];
}

function cutProgram(face: Face, glyphs: ReadonlyMap<number, readonly number[]>): FontProgram {
  const ids = [...glyphs.keys()].sort((a, b) => a - b);
  const toGlyph = Buffer.alloc(2 * ((ids.at(-1) ?? 0) + 1));
  ids.forEach((id, i) => {
    toGlyph.writeUInt16BE(i + 1, 2 * id);
  });
  return {
    name: `${subsetTag(ids)}+${face.font.postscriptName}`,
    ...outlines(face, ids),
    widths: widthsOf(face, ids),
    toUnicode: deflateSync(toUnicodeMap(new Map(ids.map((id) => [id, glyphs.get(id) ?? []])))),
    toGlyph: deflateSync(toGlyph),
  };
}

/** Six capital letters that are the same for the same glyphs (ISO 32000-1, 9.6.4). */
function subsetTag(ids: readonly number[]): string {
  const digest = createHash('sha256').update(ids.join()).digest();
  return String.fromCharCode(...digest.subarray(0, 6).map((byte) => 65 + (byte % 26)));
}

/** Glyph 0, then the given ones, then the pieces they are composed of. */
function outlines({ font }: Face, ids: readonly number[]): { file: Buffer; length: number } {
  const subset = font.createSubset();
  for (const id of ids) subset.includeGlyph(font.getGlyph(id));
  const program = subset.encode();
  return { file: deflateSync(program, { level: 9 }), length: program.length };
}

function widthsOf({ font, scale }: Face, ids: readonly number[]): (number | number[])[] {
  const widths: (number | number[])[] = [];
  ids.forEach((id, i) => {
    const width = Math.round(font.getGlyph(id).advanceWidth * scale * 1000) / 1000;
    const row = widths.at(-1);
    if (Array.isArray(row) && ids[i - 1] === id - 1) row.push(width);
    else widths.push(id, [width]);
  });
  return widths;
}

/** At most a hundred entries stand in one block (Adobe Technical Note 5014). */
const MOST_IN_A_BLOCK = 100;

function toUnicodeMap(meanings: ReadonlyMap<number, readonly number[]>): string {
  const entries = [...meanings].map(([id, codePoints]) => `<${hex4(id)}> <${utf16(codePoints)}>`);
  const blocks: string[] = [];
  for (let from = 0; from < entries.length; from += MOST_IN_A_BLOCK) {
    const block = entries.slice(from, from + MOST_IN_A_BLOCK);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function utf16(codePoints: readonly number[]): string {
  const text = String.fromCodePoint(...codePoints);
  return Array.from({ length: text.length }, (_, i) => hex4(text.charCodeAt(i))).join('');
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function writeFont(
  doc: PDFKit.PDFDocument,
  face: Face,
  program: FontProgram,
  promised: PDFKit.PDFKitReference = doc.ref({}),
): PDFKit.PDFKitReference {
  const descendant = writeObject(doc, {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: program.name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: writeDescriptor(doc, face, program),
    W: program.widths,
    CIDToGIDMap: program.toGlyph === 'Identity' ? 'Identity' : writeStream(doc, program.toGlyph),
  });
  Object.assign((promised as unknown as { data: object }).data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: program.name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: writeStream(doc, program.toUnicode),
  });
  promised.end(undefined);
  return promised;
}

/** ISO 32000-1, table 122. */
const SYMBOLIC = 1 << 2;
const ITALIC = 1 << 6;

/** No CIDSet: PDF/A-2 and PDF/UA do without, and a wrong one fails both. */
function writeDescriptor(doc: PDFKit.PDFDocument, face: Face, program: FontProgram): PDFKit.PDFKitReference {
  const { font, scale } = face;
  const { minX, minY, maxX, maxY } = font.bbox;
  return writeObject(doc, {
    Type: 'FontDescriptor',
    FontName: program.name,
    Flags: font.italicAngle === 0 ? SYMBOLIC : SYMBOLIC | ITALIC,
    FontBBox: [minX, minY, maxX, maxY].map((value) => value * scale),
    ItalicAngle: font.italicAngle,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: font.capHeight * scale,
    XHeight: font.xHeight * scale,
    // Fonts do not record it; the usual guess from the weight.
    StemV: font['OS/2'].usWeightClass > 500 ? 140 : 80,
    FontFile2: writeStream(doc, program.file, { Length1: program.length }),
  });
}

function writeObject(doc: PDFKit.PDFDocument, data: object): PDFKit.PDFKitReference {
  const reference = doc.ref(data);
  reference.end(undefined);
  return reference;
}

/** PDFKit leaves bytes alone that say they are deflated. */
function writeStream(doc: PDFKit.PDFDocument, deflated: Buffer, data: object = {}): PDFKit.PDFKitReference {
  const reference = doc.ref({ ...data, Filter: 'FlateDecode' });
  reference.end(deflated);
  return reference;
}
