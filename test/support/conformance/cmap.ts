// A ToUnicode CMap in, the text of each code out (ISO 32000-1, 9.10.3). Two-byte codes, as Identity-H has them.

const BLOCK = /begin(bfchar|bfrange)\s([\s\S]*?)\send\1/g;
const PAIR = /<([\da-f]+)>\s*<([\da-f\s]*)>/gi;
const RANGE = /<([\da-f]+)>\s*<([\da-f]+)>\s*(?:<([\da-f\s]+)>|\[([^\]]*)\])/gi;

export function readToUnicode(source: string): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [, kind, body = ''] of source.matchAll(BLOCK)) {
    if (kind === 'bfchar')
      for (const [, code = '', text = ''] of body.matchAll(PAIR)) texts.set(hex(code), utf16(text));
    else for (const range of body.matchAll(RANGE)) readRange(range, texts);
  }
  return texts;
}

/** `<first> <last> <text>` counts up the last character; `<first> <last> [<text> …]` lists them. */
function readRange([, first = '', last = '', start, list]: RegExpMatchArray, texts: Map<number, string>): void {
  const listed = list?.match(/<[^>]*>/g)?.map((each) => utf16(each.slice(1, -1)));
  for (let code = hex(first); code <= hex(last); code++) {
    const text = listed === undefined ? countUp(utf16(start ?? ''), code - hex(first)) : listed[code - hex(first)];
    if (text !== undefined) texts.set(code, text);
  }
}

function countUp(text: string, by: number): string {
  const points = [...text].map((char) => char.codePointAt(0) ?? 0);
  return String.fromCodePoint(...points.slice(0, -1), (points.at(-1) ?? 0) + by);
}

const hex = (digits: string): number => Number.parseInt(digits, 16);
const utf16 = (digits: string): string => Buffer.from(digits.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');
