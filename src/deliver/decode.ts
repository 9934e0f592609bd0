// The bytes of a text file in, its text out, whatever a spreadsheet program wrote it in; null when it is no text.

/** Spreadsheets write UTF-8 or UTF-16 with a mark, UTF-8 without one, or the code page of Western Windows. */
export function decode(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes);
  const text = encoding === 'windows-1252' ? fromWindows(bytes) : new TextDecoder(encoding).decode(bytes);
  return NOT_TEXT.test(text) ? null : text;
}

/** Controls no spreadsheet writes; five of them stand for letters nobody gave to Windows-1252. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_TEXT = /[\0-\u0008\u000e-\u001b]/u;

/** 0x80 to 0x9f. Node's own decoder of this name gives Latin-1, where these are controls. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function fromWindows(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replace(/[\u0080-\u009f]/gu, (char) => WINDOWS[char.charCodeAt(0) - 0x80]!);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return unmarkedUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
}

/** A text that begins with headings has a zero in every other byte when it is UTF-16. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, 200);
  const zeros = (from: number) => start.filter((byte, index) => index % 2 === from && byte === 0).length;
  const most = start.length / 2;
  if (zeros(1) > most * 0.6 && zeros(0) === 0) return 'utf-16le';
  if (zeros(0) > most * 0.6 && zeros(1) === 0) return 'utf-16be';
  return null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
