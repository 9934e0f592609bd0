// Pages and structure tree in, every line end at which two words run together for a reader of the tags out.
// PDF 14.8.2.5: in tagged PDF words are parted by spaces that are there, also where a line ends; programs that read the
// tags (screen readers, poppler's structure) join "you can" and "help" to "canhelp" without one.
import { readToUnicode } from './cmap.ts';
import type { Page } from './content.ts';
import { type Finding, finding, type Subject } from './finding.ts';
import { isStream, isText, nameOf, type Pdf, refOf, type Text, type Value } from './objects.ts';
import { type Element, nameElement } from './tree.ts';

interface Line {
  page: number;
  baseline: number;
  text: string;
  /** It begins and the line before it ends within one element that says its text itself, blanks and all. */
  saidAcross: boolean;
}

/** Where marked content stands: its paragraph or the like, and the element that says its text, if one does. */
interface Home {
  block: Element;
  said: Element | null;
}

const INLINE = new Set(['Span', 'Link', 'Quote', 'Code', 'Reference', 'Annot', 'Form', 'Ruby', 'RB', 'RT', 'RP']);
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** An address, or anything this long, may break anywhere. */
const LONGEST_WORD = 30;

export function* wordRules({ pdf, pages, tree }: Subject): Generator<Finding> {
  const lines = new Map<Element, Line[]>();
  const texts = new Map<number, ReadonlyMap<number, string>>();
  const homes = new Map<number, Map<number, Home>>();
  for (const element of tree.elements)
    for (const { page, mcid } of element.contents) {
      const known = homes.get(page) ?? new Map<number, Home>();
      homes.set(page, known.set(mcid, { block: blockOf(element), said: saidBy(pdf, element) }));
    }
  for (const page of pages) readLines(pdf, page, homes.get(page.ref) ?? new Map(), texts, lines);
  for (const [block, read] of lines)
    for (const [i, line] of read.entries())
      if (i > 0 && !line.saidAcross && runTogether(read[i - 1]?.text ?? '', line.text))
        yield finding(
          'PDF 14.8.2.5',
          `page ${line.page}, ${nameElement(block)}`,
          `No space parts line ${i} from the next.`,
        );
}

function blockOf(element: Element): Element {
  return INLINE.has(element.type) && element.parent !== null ? blockOf(element.parent) : element;
}

function saidBy(pdf: Pdf, element: Element): Element | null {
  if (pdf.text(element.dict, 'ActualText') !== undefined) return element;
  return INLINE.has(element.type) && element.parent !== null ? saidBy(pdf, element.parent) : null;
}

/** A right-to-left line is drawn from the left, so its last space may be its first character. */
function runTogether(before: string, after: string): boolean {
  if ([before, after].some((text) => text === '' || text.trim() !== text)) return false;
  const last = /\S+$/u.exec(before)?.[0] ?? '';
  const word = last + (/^\S+/u.exec(after)?.[0] ?? '');
  if (word.length > LONGEST_WORD || /[/@]/.test(word) || /[\p{Pd}\u00ad\u200b]$/u.test(last)) return false;
  return !UNSPACED.test(before.at(-1) ?? '') && !UNSPACED.test(after[0] ?? '');
}

/** Adds what a page shows to the lines of each block. A new line is one whose baseline moved by more than half the size. */
function readLines(
  pdf: Pdf,
  page: Page,
  homes: ReadonlyMap<number, Home>,
  texts: Map<number, ReadonlyMap<number, string>>,
  lines: Map<Element, Line[]>,
): void {
  const fonts = pdf.dict(pdf.dict(page.dict.get('Resources')).get('Font'));
  const marks: { home: Home | undefined; actual: string | undefined; said: boolean }[] = [];
  let [size, baseline] = [0, 0];
  let before: Element | null = null;
  let meaning: ReadonlyMap<number, string> = new Map();
  const show = (text: string) => {
    const home = marks.findLast((mark) => mark.home !== undefined)?.home;
    if (home === undefined) return;
    const { block, said } = home;
    const saidAcross = said !== null && said === before;
    before = said;
    const read = lines.get(block) ?? [];
    lines.set(block, read);
    const line = read.at(-1);
    if (line?.page === page.number && Math.abs(line.baseline - baseline) <= size / 2) line.text += text;
    else read.push({ page: page.number, baseline, text, saidAcross });
  };
  for (const { operator, operands } of page.operations) {
    if (operator === 'BMC' || operator === 'BDC') {
      const dict = operands[1] instanceof Map ? operands[1] : new Map<string, Value>();
      const actual = pdf.text(dict, 'ActualText');
      marks.push({ home: homes.get(Number(dict.get('MCID') ?? Number.NaN)), actual, said: false });
    } else if (operator === 'EMC') marks.pop();
    else if (operator === 'BT') baseline = 0;
    else if (operator === 'Tm') baseline = Number(operands[5]);
    else if (operator === 'Td' || operator === 'TD') baseline += Number(operands[1]);
    else if (operator === 'Tf') {
      size = Number(operands[1]);
      meaning = meaningOf(pdf, fonts.get(nameOf(operands[0]) ?? ''), texts);
    } else if (operator === 'Tj' || operator === 'TJ') {
      // A replacement text stands where its first glyphs do, which only they tell.
      const mark = marks.find(({ actual }) => actual !== undefined);
      if (mark === undefined) for (const text of operands.flat().filter(isText)) show(decode(text, meaning));
      else if (!mark.said) show(mark.actual ?? '');
      if (mark !== undefined) mark.said = true;
    }
  }
}

function meaningOf(pdf: Pdf, font: Value | undefined, texts: Map<number, ReadonlyMap<number, string>>) {
  const known = texts.get(refOf(font) ?? 0);
  if (known !== undefined) return known;
  const stream = pdf.get(pdf.dict(font), 'ToUnicode');
  const meaning = isStream(stream) ? readToUnicode(pdf.data(stream).toString('latin1')) : new Map<number, string>();
  texts.set(refOf(font) ?? 0, meaning);
  return meaning;
}

function decode({ bytes }: Text, meaning: ReadonlyMap<number, string>): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += meaning.get(bytes.readUInt16BE(i)) ?? '';
  return text;
}
