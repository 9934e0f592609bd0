// Bytes of a PDF in, its objects out: classic cross-reference tables and Flate streams, as PDFKit writes them.
// Whatever else a PDF may be (object streams, updates, other filters) is refused with an error, never guessed at.
import { inflateSync } from 'node:zlib';

export type Name = { kind: 'name'; name: string };
export type Ref = { kind: 'ref'; id: number };
export type Text = { kind: 'string'; bytes: Buffer; oddHex: boolean };
export type Stream = { kind: 'stream'; dict: Dict; raw: Buffer };
export type Operator = { kind: 'operator'; operator: string };
export type Dict = Map<string, Value>;
export type Value = null | boolean | number | Name | Ref | Text | Stream | Operator | Dict | Value[];

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)));
const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Reads values one after another (ISO 32000-1, 7.2 and 7.3). Used for the file and for content streams. */
export class Reader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next value, or undefined at the end. Keywords that are no value come back as operators. */
  next(): Value | undefined {
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === undefined) return undefined;
    switch (String.fromCharCode(byte)) {
      case '/':
        return this.name();
      case '(':
        return this.literal();
      case '[':
        this.at++;
        return this.until(']');
      case '<':
        return this.bytes[this.at + 1] === byte ? this.dict() : this.hex();
      case ']':
      case '>':
        throw new Error(`Unexpected ${String.fromCharCode(byte)} at byte ${this.at} of the PDF.`);
      default:
        return this.word();
    }
  }

  looksAt(text: string): boolean {
    return this.bytes.toString('latin1', this.at, this.at + text.length) === text;
  }

  skipSpace(): void {
    for (let byte = this.bytes[this.at]; byte !== undefined; byte = this.bytes[this.at]) {
      if (SPACE.has(byte)) this.at++;
      else if (byte === 0x25) while (this.at < this.bytes.length && !this.atLineEnd()) this.at++;
      else return;
    }
  }

  private atLineEnd(): boolean {
    return this.bytes[this.at] === 10 || this.bytes[this.at] === 13;
  }

  private until(end: string): Value[] {
    const values: Value[] = [];
    for (this.skipSpace(); !this.looksAt(end); this.skipSpace()) {
      const value = this.next();
      if (value === undefined) throw new Error(`The PDF ends where ${end} was expected.`);
      values.push(value);
    }
    this.at += end.length;
    return values;
  }

  private dict(): Dict {
    this.at += 2;
    const flat = this.until('>>');
    const dict: Dict = new Map();
    for (let i = 0; i < flat.length; i += 2) dict.set(nameOf(flat[i]) ?? '', flat[i + 1] ?? null);
    return dict;
  }

  private name(): Name {
    this.at++;
    const name = this.regular().replace(/#([0-9A-Fa-f]{2})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return { kind: 'name', name };
  }

  private regular(): string {
    const from = this.at;
    for (let byte = this.bytes[this.at]; byte !== undefined; byte = this.bytes[++this.at]) {
      if (SPACE.has(byte) || DELIMITER.has(byte)) break;
    }
    return this.bytes.toString('latin1', from, this.at);
  }

  private hex(): Text {
    const end = this.bytes.indexOf('>', this.at);
    const digits = this.bytes.toString('latin1', this.at + 1, end).replace(/\s/g, '');
    this.at = end + 1;
    const oddHex = digits.length % 2 === 1;
    return { kind: 'string', bytes: Buffer.from(oddHex ? `${digits}0` : digits, 'hex'), oddHex };
  }

  private literal(): Text {
    const out: number[] = [];
    let depth = 1;
    for (this.at++; ; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new Error('The PDF ends inside a string.');
      if (byte === 0x5c) {
        this.at++;
        this.escape(out);
        continue;
      }
      if (byte === 0x28) depth++;
      if (byte === 0x29 && --depth === 0) break;
      out.push(byte);
    }
    this.at++;
    return { kind: 'string', bytes: Buffer.from(out), oddHex: false };
  }

  private escape(out: number[]): void {
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString('latin1', this.at, this.at + 3))?.[0];
    const char = String.fromCharCode(this.bytes[this.at] ?? 0);
    if (octal !== undefined) {
      out.push(Number.parseInt(octal, 8) & 255);
      this.at += octal.length - 1;
    } else if (char === '\r') {
      if (this.bytes[this.at + 1] === 10) this.at++;
    } else if (char !== '\n') {
      out.push(ESCAPES[char] ?? char.charCodeAt(0));
    }
  }

  private word(): Value {
    const word = this.regular();
    if (word === '') throw new Error(`Unreadable byte ${this.at} in the PDF.`);
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return this.reference(word) ?? Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : { kind: 'operator', operator: word };
  }

  private reference(word: string): Ref | undefined {
    const rest = /^\s+0\s+R(?![^\s()<>[\]{}/%])/.exec(this.bytes.toString('latin1', this.at, this.at + 8));
    if (rest === null || !/^\d+$/.test(word)) return undefined;
    this.at += rest[0].length;
    return { kind: 'ref', id: Number(word) };
  }
}

/** The objects of a file, with the look-ups every rule needs. A missing value reads as empty. */
export class Pdf {
  readonly bytes: Buffer;
  readonly trailer: Dict;
  readonly objects: ReadonlyMap<number, Value>;

  constructor(bytes: Buffer, trailer: Dict, objects: ReadonlyMap<number, Value>) {
    this.bytes = bytes;
    this.trailer = trailer;
    this.objects = objects;
  }

  resolve(value: Value | undefined): Value | undefined {
    return refOf(value) === undefined ? value : this.objects.get(refOf(value) ?? 0);
  }

  get(dict: Dict, key: string): Value | undefined {
    return this.resolve(dict.get(key));
  }

  dict(value: Value | undefined): Dict {
    const found = this.resolve(value);
    if (found instanceof Map) return found;
    return isStream(found) ? found.dict : new Map();
  }

  array(value: Value | undefined): Value[] {
    const found = this.resolve(value);
    return Array.isArray(found) ? found : [];
  }

  numbers(value: Value | undefined): number[] {
    return this.array(value).map((each) => Number(this.resolve(each) ?? Number.NaN));
  }

  name(dict: Dict, key: string): string | undefined {
    return nameOf(this.get(dict, key));
  }

  /** A text string: UTF-16 with a mark, else PDFDocEncoding, of which the tests use the part that is Latin-1. */
  text(dict: Dict, key: string): string | undefined {
    const value = this.get(dict, key);
    return isText(value) ? decodeText(value.bytes) : undefined;
  }

  /** A stream's bytes, inflated. */
  data(stream: Stream): Buffer {
    const filter = this.resolve(stream.dict.get('Filter'));
    const filters = Array.isArray(filter) ? filter.map(nameOf) : [nameOf(filter)];
    if (filters.length === 0 || filters[0] === undefined) return stream.raw;
    if (filters.length > 1 || filters[0] !== 'FlateDecode' || stream.dict.has('DecodeParms'))
      throw new Error(`The checker reads plain Flate streams only, not ${filters.join(' ')} with parameters.`);
    return inflateSync(stream.raw);
  }
}

export const nameOf = (value: Value | undefined): string | undefined =>
  value instanceof Object && 'kind' in value && value.kind === 'name' ? value.name : undefined;
export const refOf = (value: Value | undefined): number | undefined =>
  value instanceof Object && 'kind' in value && value.kind === 'ref' ? value.id : undefined;
export const isText = (value: Value | undefined): value is Text =>
  value instanceof Object && 'kind' in value && value.kind === 'string';
export const isStream = (value: Value | undefined): value is Stream =>
  value instanceof Object && 'kind' in value && value.kind === 'stream';

export function decodeText(bytes: Buffer): string {
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
}
