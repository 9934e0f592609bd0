// Objects that are the same for many clients but for their numbers in, a mould out; and from it, the same objects again.
// All is written as pdfkit writes it, to the byte, so that a file cast from moulds can be compared with one that is not.
import type { Objects, Ref } from './structure.ts';

type Kind = 'own' | 'key' | 'given';

/** What differs: the number of an object of the mould, a key of the parent tree, or a number given at each casting. */
class Hole {
  readonly kind: Kind;
  readonly index: number;
  constructor(kind: Kind, index: number) {
    this.kind = kind;
    this.index = index;
  }
}

/** An object outside the mould, which is another one at each casting. */
export function givenAt(index: number): object {
  return new Hole('given', index);
}

/** One object: what stands between its holes. */
interface MouldedObject {
  index: number;
  texts: readonly string[];
  holes: readonly Hole[];
}

export interface Mould {
  written: readonly MouldedObject[];
  /** How many numbers it takes, and how many keys. */
  objects: number;
  keys: number;
}

export interface MouldMaker extends Objects {
  /** An object's number within the mould. */
  indexOf(ref: Ref): number;
  finish(): Mould;
}

/** `entries` is filled with what the parent tree has to lead to, as pairs of key and value. */
export function openMould(entries: unknown[]): MouldMaker {
  const refs = new Map<unknown, Hole>();
  const written: MouldedObject[] = [];
  return {
    ref(data) {
      const hole = new Hole('own', refs.size);
      const ref = { data, end: () => void written.push(mouldObject(hole.index, data, refs)) };
      refs.set(ref, hole);
      return ref as unknown as Ref;
    },
    key(value) {
      const key = new Hole('key', entries.length);
      entries.push([key, value]);
      return key;
    },
    indexOf: (ref) => refs.get(ref)!.index,
    finish: () => ({ written, objects: refs.size, keys: entries.length }),
  };
}

function mouldObject(index: number, data: object, refs: ReadonlyMap<unknown, Hole>): MouldedObject {
  const texts = [''];
  const holes: Hole[] = [];
  const say = (text: string) => {
    texts[texts.length - 1] += text;
  };
  const leave = (hole: Hole) => {
    holes.push(hole);
    texts.push(hole.kind === 'key' ? '' : ' 0 R');
  };

  function write(value: unknown): void {
    const hole = value instanceof Hole ? value : refs.get(value);
    if (hole !== undefined) leave(hole);
    else if (Array.isArray(value)) writeArray(value);
    else if (isDictionary(value)) writeDictionary(value);
    else say(simple(value));
  }

  function writeArray(values: readonly unknown[]): void {
    values.forEach((value, index) => {
      say(index === 0 ? '[' : ' ');
      write(value);
    });
    say(values.length === 0 ? '[]' : ']');
  }

  function writeDictionary(values: Record<string, unknown>): void {
    say('<<\n');
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue;
      say(`/${key} `);
      write(value);
      say('\n');
    }
    say('>>');
  }

  write(data);
  return { index, texts, holes };
}

/** pdfkit's references are instances of a class, and so is a `Numbered`. */
function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function simple(value: unknown): string {
  if (typeof value === 'string') return `/${value}`;
  if (value instanceof String) return textString(value.valueOf());
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6);
  return String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\\': '\\\\',
  '(': '\\(',
  ')': '\\)',
};

/** ASCII as it is, anything else in UTF-16 with its byte order mark (ISO 32000-1, 7.3.4.2 and 7.9.2.2). */
function textString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text string may hold any of them.
  const isPlain = /^[\x00-\x7f]*$/u.test(text);
  const bytes = isPlain ? text : Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1');
  return `(${bytes.replace(/[\n\r\t\b\f\\()]/gu, (char) => ESCAPES[char]!)})`;
}

export interface Cast {
  text: string;
  /** Where in the text each object begins, by its index; -1 for one that was not written. */
  starts: number[];
}

/** The objects again, numbered from `first`, with keys from `firstKey`. */
export function cast(
  { written, objects }: Mould,
  first: number,
  firstKey: number,
  given: readonly { id: number }[],
): Cast {
  const starts = new Array<number>(objects).fill(-1);
  let text = '';
  for (const { index, texts, holes } of written) {
    starts[index] = text.length;
    text += `${first + index} 0 obj\n${texts[0]}`;
    for (let at = 0; at < holes.length; at++) {
      const hole = holes[at]!;
      const number =
        hole.kind === 'own' ? first + hole.index : hole.kind === 'key' ? firstKey + hole.index : given[hole.index]!.id;
      text += number + texts[at + 1]!;
    }
    text += '\nendobj\n';
  }
  return { text, starts };
}
