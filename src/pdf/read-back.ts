// The text marks of one line and leaf in; out, the text to write round them where poppler would read them in another order.
import type { TextMark } from '../layout/page.ts';

export type Direction = 'ltr' | 'rtl';

const LRM = '\u200e';
const RLM = '\u200f';
const STEERING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const RIGHT =
  /[\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u070d\u0710\u0712-\u072f\u074d-\u07a5\u07b1-\u085f\u08a0-\u08c9\u200f\ufb1d-\ufdff\ufe70-\ufefc]/u;
const RIGHT_RUNS =
  /([\u0590-\u05ff\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)/u;
/** UAX 9: EN, ES, ET, CS and AN, which poppler's table calls numbers. */
const NUMBER = /[\p{Nd}\p{Sc}#%+,\-./:\u00a0\u060c\u066a-\u066c\u2030-\u2034\u207a\u207b\u2212]/u;
const LETTER = /\p{L}/u;

const isRight = (char: string) => RIGHT.test(char);
const isLeft = (char: string) => char === LRM || (LETTER.test(char) && !isRight(char));
const reversed = (text: string) => [...text].reverse().join('');

/** The direction that poppler takes a page to have: that of most of its letters. */
export function directionOf(texts: readonly string[]): Direction {
  let balance = 0;
  for (const text of texts) for (const char of text) balance += isRight(char) ? -1 : LETTER.test(char) ? 1 : 0;
  return balance < 0 ? 'rtl' : 'ltr';
}

/** Null where the marks read back as they were typed. Marks are in reading order. */
export function tellReader(marks: readonly TextMark[], page: Direction): string | null {
  if (!marks.some(({ rtl }) => rtl)) return null;
  const typed = marks.map(({ text }) => text.replace(STEERING, '')).join('');
  if (readsBack(marks, page, typed)) return null;
  const words = typed.trimEnd();
  const chunks = words.split(RIGHT_RUNS).filter((chunk) => chunk !== '');
  const told =
    page === 'ltr'
      ? chunks.map((chunk) => (isRun(chunk) ? fenced(chunk) : chunk))
      : chunks.reverse().map((chunk) => (isRun(chunk) ? reversed(chunk) : `${LRM}${chunk}${LRM}`));
  // The blank stays at the end: it parts the line from the next (ISO 32000-1, 14.8.2.5).
  return `${told.join('')}${typed.slice(words.length)}`;
}

const isRun = (chunk: string) => RIGHT_RUNS.test(chunk);
const fenced = (text: string) => `${LRM}${RLM}${reversed(text)}${RLM}${LRM}`;

/** The letters of a line from left to right, with the fences that the typefaces put round right-to-left stretches. */
function seen(marks: readonly TextMark[]): string {
  return [...marks]
    .sort((a, b) => a.x - b.x)
    .map(({ text, rtl }) => {
      const clean = text.replace(STEERING, '');
      if (!rtl) return clean;
      const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(clean) ?? [];
      return `${after}${fenced(words)}${before}`;
    })
    .join('');
}

/** On a page that is mostly right-to-left poppler loses blanks beside signs, so only lines of letters are left to it. */
function readsBack(marks: readonly TextMark[], page: Direction, typed: string): boolean {
  if (page === 'rtl') return marks.length === 1 && !NUMBER.test(typed);
  return readByPlace(seen(marks)).replace(STEERING, '').trim() === typed.trim();
}

/** As `TextPage` of poppler reads a left-to-right line: right-to-left stretches end at a Latin letter or a "number". */
function readByPlace(line: string): string {
  const chars = [...line];
  const ends = (char: string) => isLeft(char) || NUMBER.test(char);
  const out: string[] = [];
  for (let at = 0; at < chars.length; ) {
    while (at < chars.length && !isRight(chars[at]!)) out.push(chars[at++]!);
    const from = at;
    while (at < chars.length && !ends(chars[at]!)) at++;
    out.push(...chars.slice(from, at).reverse());
  }
  return out.join('');
}
