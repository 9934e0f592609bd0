// Every font that text is shown with in, breaches of the rules about fonts out (UA-1 7.21, A-2 6.2.11).
import { create, type Font } from 'fontkit';
import { readToUnicode } from './cmap.ts';
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, isStream, nameOf, type Pdf, type Stream } from './objects.ts';
import { codesOf, readUsedFonts, type UsedFont } from './shown.ts';

/** A glyph without outlines is right for these: spaces, controls, joiners, variation selectors. */
const BLANK = /^[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export function* fontRules({ pdf, drawings }: Subject): Generator<Finding> {
  for (const font of readUsedFonts(pdf, drawings)) {
    const where = `font ${font.name}, first used on ${font.where}`;
    if (nameOf(font.dict.get('Subtype')) === 'Type0') yield* compositeRules(pdf, font, where);
    else if (isStream(programOf(pdf, pdf.dict(font.dict.get('FontDescriptor')))))
      throw new Error(`The checker reads composite fonts only; ${font.name} is a simple one.`);
    else yield finding('A-2 6.2.11.4.1', where, 'The font is not embedded.');
  }
}

function* compositeRules(pdf: Pdf, font: UsedFont, where: string): Generator<Finding> {
  if (nameOf(font.dict.get('Encoding')) !== 'Identity-H')
    throw new Error(`The checker reads Identity-H only; ${font.name} has another encoding.`);
  if (font.shown.some(({ bytes }) => bytes.length % 2 === 1))
    yield finding('PDF 9.7.6', where, 'A shown string ends in half a character code.');
  const cidFont = pdf.dict(pdf.array(font.dict.get('DescendantFonts'))[0]);
  const descriptor = pdf.dict(cidFont.get('FontDescriptor'));
  yield* nameRules(pdf, font, cidFont, descriptor, where);
  yield* textRules(pdf, font, where);

  const program = programOf(pdf, descriptor);
  if (!isStream(program)) return yield finding('A-2 6.2.11.4.1', where, 'The font is not embedded.');
  const kind = nameOf(cidFont.get('Subtype'));
  const map = pdf.get(cidFont, 'CIDToGIDMap');
  if (kind === 'CIDFontType2' && nameOf(map) !== 'Identity' && !isStream(map))
    yield finding('A-2 6.2.11.3.2', where, 'There is no CIDToGIDMap.');
  // A CFF font of ours has no CID names of its own: CIDs are glyph numbers. PDFKit writes no map for it.
  const glyphOf = isStream(map) ? readGlyphMap(pdf.data(map)) : (cid: number) => cid;
  if (kind === 'CIDFontType2') yield* programRules(pdf, font, cidFont, program, glyphOf, where);
  else yield* notdefRules(font, glyphOf, where);
  yield* cidSetRules(pdf, descriptor, program, glyphOf, kind, where);
}

function programOf(pdf: Pdf, descriptor: Dict) {
  return pdf.get(descriptor, 'FontFile2') ?? pdf.get(descriptor, 'FontFile3') ?? pdf.get(descriptor, 'FontFile');
}

/** Glyph numbers, two bytes each, in order of the CIDs (PDF 9.7.4.2). */
function readGlyphMap(bytes: Buffer): (cid: number) => number {
  return (cid) => (2 * cid + 1 < bytes.length ? bytes.readUInt16BE(2 * cid) : 0);
}

function* nameRules(pdf: Pdf, font: UsedFont, cidFont: Dict, descriptor: Dict, where: string): Generator<Finding> {
  const names = [font.name, pdf.name(cidFont, 'BaseFont'), pdf.name(descriptor, 'FontName')];
  // PDF 9.7.6.2 appends the CMap's name to a CIDFontType0's; PDFKit leaves that out and no reader minds.
  if (new Set(names).size > 1) yield finding('PDF 9.8.1', where, `The font has several names: ${names.join(', ')}.`);
  // A font embedded whole has no tag; whether one without a tag is whole can't be seen from the file.
  if (!/^([A-Z]{6}\+)?[^+]+$/.test(font.name))
    yield finding('PDF 9.6.4', where, 'The name has a + and no subset tag of six capitals before it.');
  const system = pdf.dict(cidFont.get('CIDSystemInfo'));
  if (!['Registry', 'Ordering', 'Supplement'].every((key) => system.has(key)))
    yield finding('A-2 6.2.11.3.1', where, 'The font does not name its character collection (CIDSystemInfo).');
}

/** What is seen must be what is read: every code shown has a text, and a real one. */
function* textRules(pdf: Pdf, font: UsedFont, where: string): Generator<Finding> {
  const stream = pdf.get(font.dict, 'ToUnicode');
  if (!isStream(stream))
    return yield finding('A-2 6.2.11.7.2', where, 'The font does not say what its glyphs mean (ToUnicode).');
  const texts = readToUnicode(pdf.data(stream).toString('latin1'));
  for (const code of codesOf(font)) {
    const text = texts.get(code) ?? '';
    if (text === '') yield finding('UA-1 7.21.7', where, `Glyph code ${code} is shown and has no text in ToUnicode.`);
    else if (/[\0\ufeff\ufffe]/.test(text))
      yield finding('A-2 6.2.11.7.2', where, `Glyph code ${code} means U+0000, U+FEFF or U+FFFE.`);
    // The clauses allow U+FFFD; in a name it is a letter lost.
    else if (text.includes('\ufffd'))
      yield finding('UA-1 7.21.7', where, `Glyph code ${code} means "unknown" (U+FFFD).`);
    else if (/[\ue000-\uf8ff]/.test(text))
      yield finding('A-2 6.2.11.7.3', where, `Glyph code ${code} means a private character.`);
    else if (/\p{Cs}/u.test(text)) yield finding('UA-1 7.21.7', where, `Glyph code ${code} means half a character.`);
  }
}

function* notdefRules(font: UsedFont, glyphOf: (cid: number) => number, where: string): Generator<Finding> {
  if ([...codesOf(font)].some((cid) => glyphOf(cid) === 0))
    yield finding('A-2 6.2.11.8', where, 'The glyph for missing characters (.notdef) is shown.');
}

/** The embedded program: it has every glyph shown, as wide as W says, and it is not blank where ink is meant. */
function* programRules(
  pdf: Pdf,
  font: UsedFont,
  cidFont: Dict,
  program: Stream,
  glyphOf: (cid: number) => number,
  where: string,
): Generator<Finding> {
  yield* notdefRules(font, glyphOf, where);
  const opened = openProgram(pdf, program);
  const widths = readWidths(pdf, cidFont);
  const stream = pdf.get(font.dict, 'ToUnicode');
  const texts = isStream(stream) ? readToUnicode(pdf.data(stream).toString('latin1')) : new Map<number, string>();
  for (const cid of codesOf(font)) {
    const id = glyphOf(cid);
    if (id >= opened.numGlyphs) {
      yield finding('A-2 6.2.11.4.1', where, `Glyph ${id} is shown and not in the embedded font.`);
      continue;
    }
    const glyph = opened.getGlyph(id);
    const real = (glyph.advanceWidth * 1000) / opened.unitsPerEm;
    const said = widths.get(cid) ?? Number(pdf.get(cidFont, 'DW') ?? 1000);
    if (Math.abs(real - said) > 1)
      yield finding('A-2 6.2.11.5', where, `Code ${cid} is said to be ${said} wide and is ${Math.round(real)} wide.`);
    if (id !== 0 && glyph.path.commands.length === 0 && !BLANK.test(texts.get(cid) ?? ''))
      yield finding('A-2 6.2.11.4.1', where, `Glyph ${id} is shown and blank in the embedded font.`);
  }
}

function openProgram(pdf: Pdf, program: Stream): Font {
  const font = create(pdf.data(program));
  if (!('getGlyph' in font)) throw new Error('The checker does not read font collections.');
  return font;
}

/** `c [w1 w2 …]` and `first last w` (PDF 9.7.4.3). */
function readWidths(pdf: Pdf, cidFont: Dict): Map<number, number> {
  const widths = new Map<number, number>();
  const entries = pdf.array(cidFont.get('W')).map((each) => pdf.resolve(each));
  for (let i = 0; i < entries.length; ) {
    const first = Number(entries[i]);
    const next = entries[i + 1];
    if (Array.isArray(next)) {
      for (const [at, width] of pdf.numbers(next).entries()) widths.set(first + at, width);
      i += 2;
    } else {
      for (let cid = first; cid <= Number(next); cid++) widths.set(cid, Number(entries[i + 2]));
      i += 3;
    }
  }
  return widths;
}

/** Optional, but when there is one it must list all glyphs of the embedded program, not only those shown. */
function* cidSetRules(
  pdf: Pdf,
  descriptor: Dict,
  program: Stream,
  glyphOf: (cid: number) => number,
  kind: string | undefined,
  where: string,
): Generator<Finding> {
  const set = pdf.get(descriptor, 'CIDSet');
  if (!isStream(set)) return;
  if (kind !== 'CIDFontType2' || glyphOf(1) !== 1)
    throw new Error('The checker reads CIDSets of plain TrueType subsets only.');
  const bits = pdf.data(set);
  const count = openProgram(pdf, program).numGlyphs;
  const missing = Array.from({ length: count }, (_, cid) => cid).filter(
    (cid) => !((bits[cid >> 3] ?? 0) & (0x80 >> (cid & 7))),
  );
  if (missing.length > 0)
    yield finding('UA-1 7.21.4.2', where, `The CIDSet leaves out ${missing.length} glyphs of the embedded font.`);
}
