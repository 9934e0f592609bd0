// What is drawn in, the fonts and the character codes shown with each out.
import type { Drawing } from './content.ts';
import { type Dict, isText, nameOf, type Pdf, refOf, type Text, type Value } from './objects.ts';

export interface UsedFont {
  name: string;
  dict: Dict;
  shown: Text[];
  where: string;
}

const SHOWING = new Set(['Tj', 'TJ', "'", '"']);

/** Fonts by object number. Text before any font is chosen goes to font 0, which is in no file. */
export function readUsedFonts(pdf: Pdf, drawings: readonly Drawing[]): UsedFont[] {
  const fonts = new Map<number, UsedFont>();
  for (const drawing of drawings) {
    const resources = pdf.dict(drawing.resources.get('Font'));
    let current: Value | undefined;
    const saved: (Value | undefined)[] = [];
    for (const { operator, operands } of drawing.operations) {
      if (operator === 'q') saved.push(current);
      else if (operator === 'Q') current = saved.pop();
      else if (operator === 'Tf') current = resources.get(nameOf(operands[0]) ?? '');
      else if (SHOWING.has(operator))
        usedFont(pdf, fonts, current, drawing.where).shown.push(...operands.flat().filter(isText));
    }
  }
  return [...fonts.values()].filter(({ shown }) => shown.some(({ bytes }) => bytes.length > 0));
}

function usedFont(pdf: Pdf, fonts: Map<number, UsedFont>, value: Value | undefined, where: string): UsedFont {
  const ref = refOf(value) ?? 0;
  const known = fonts.get(ref);
  if (known !== undefined) return known;
  const dict = pdf.dict(value);
  const font = { name: pdf.name(dict, 'BaseFont') ?? 'no font', dict, shown: [], where };
  fonts.set(ref, font);
  return font;
}

/** Two-byte codes; with Identity-H these are the CIDs. */
export function codesOf(font: UsedFont): Set<number> {
  const codes = new Set<number>();
  for (const { bytes } of font.shown) for (let i = 0; i + 1 < bytes.length; i += 2) codes.add(bytes.readUInt16BE(i));
  return codes;
}
