// A finished document in, all of it that is the same for every client out; and with other personal streams, a document again.
// Nothing of a client stays in a stencil: the streams that hold client text are cut out of it.
import type { Galley, LaidOut, Leaf, Tag } from '../layout/page.ts';
import { type Draft, documentId, pressed } from './draft.ts';
import type { Picture } from './picture.ts';

/** Object numbers start at 1. Offsets are those of the document the stencil was cut from, without its personal streams. */
interface Stencil {
  /** The bytes between the personal objects; one more than there are holes. */
  chunks: readonly Buffer[];
  holes: readonly number[];
  /** The cross-reference table of the first document, and for each entry the hole it comes after (0 = none). */
  table: Buffer;
  offsets: readonly number[];
  after: readonly number[];
  /** The trailer up to and after the id, which stands in it twice. */
  trailer: readonly [string, string, string];
  /** Digest of everything drawn that is not personal. */
  fixed: string;
}

export interface Stencils {
  get(signature: string): Stencil | undefined;
  set(signature: string, stencil: Stencil): void;
}

const MOST_STENCILS = 64;

/** Keeps the stencils used last; each is as large as a handout. */
export function openStencils(): Stencils {
  const kept = new Map<string, Stencil>();
  return {
    get(signature) {
      const stencil = kept.get(signature);
      if (stencil === undefined) return undefined;
      kept.delete(signature);
      kept.set(signature, stencil);
      return stencil;
    },
    set(signature, stencil) {
      kept.set(signature, stencil);
      if (kept.size > MOST_STENCILS) kept.delete(kept.keys().next().value!);
    },
  };
}

const FIXED_FONTS = new Set(['R', 'B', 'I', 'BI']);
const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(thing: object): number {
  let number = numbers.get(thing);
  if (number === undefined) {
    number = ++last;
    numbers.set(thing, number);
  }
  return number;
}

/** `shapeOf` a document of its own; null when a personal text needs a font that is cut down per document. */
export function signatureOf(
  laidOut: LaidOut,
  date: string,
  drafts: readonly Draft[],
  pictures: ReadonlyMap<string, Picture>,
): string | null {
  const isFixed = drafts.every(({ notes }) => [...notes.glyphs.keys()].every((font) => FIXED_FONTS.has(font)));
  return isFixed ? shapeOf(laidOut, date, drafts, pictures) : null;
}

/**
 * All that shapes a document apart from its personal streams: which galleys stand where, how the personal ones are
 * tagged, which fonts they use. Null when a personal text stands in the structure tree too, or has fields: their labels may
 * name the client.
 */
export function shapeOf(
  laidOut: LaidOut,
  date: string,
  drafts: readonly Draft[],
  pictures: ReadonlyMap<string, Picture>,
): string | null {
  const fonts = drafts.map(({ notes }) => [...notes.glyphs.keys()].sort());
  if (drafts.some(({ notes }) => notes.fields.length > 0)) return null;
  const { width, height, lang, dir, title, foot, accent, discreet } = laidOut;
  const images = [...pictures].map(([name, picture]) => [name, numberOf(picture)]);
  const pages = laidOut.pages.map(({ placed }) =>
    placed.map(({ galley, from, to, y }) =>
      galley.personal ? ['personal', from, to, y, outlined(galley)] : [numberOf(galley), from, to, y],
    ),
  );
  const personal = [...new Set(laidOut.pages.flatMap(({ placed }) => placed.map(({ galley }) => galley)))].filter(
    (galley) => galley.personal,
  );
  if (personal.some(({ tags }) => tags.some(saysItself))) return null;
  const stamped = laidOut.pages.map(({ stamp }) => stamp !== undefined);
  return JSON.stringify([
    date,
    width,
    height,
    lang,
    dir,
    title,
    foot,
    accent,
    discreet,
    laidOut.pages.map(({ shift }) => shift),
    images,
    fonts,
    pages,
    stamped,
    personalShape(personal, drafts),
  ]);
}

/** The client's own words, as the text of an element. */
function saysItself({ actual, kids }: Tag): boolean {
  return actual !== undefined || kids.some((kid) => kid.kind === 'tag' && saysItself(kid));
}

/** The headings that the outline has; a smaller one may hold the client's name, and must not stay in a signature. */
function outlined({ headings, strips }: Galley): unknown {
  return headings
    .filter(({ level }) => level < 3)
    .map(({ level, text, strip }) => [level, text, strips.slice(0, strip).map(({ height, gap }) => [height, gap])]);
}

function personalShape(galleys: readonly Galley[], drafts: readonly Draft[]): unknown {
  const known = new Map<Leaf, number>();
  const leaf = (one: Leaf) => known.get(one) ?? known.set(one, known.size).size - 1;
  const shape = ({ type, kids, lang, title, alt, numbering, scope, href }: Tag): unknown => [
    [type, lang, title, alt, numbering, scope, href],
    kids.map((kid) => (kid.kind === 'tag' ? shape(kid) : leaf(kid))),
  ];
  const tags = galleys.map((galley) => galley.tags.map(shape));
  const placesOn = ({ notes: { leaves, links, boxes, images } }: Draft) => [
    leaves.map(leaf),
    links.map(({ rect }) => rect),
    [...boxes].map(([one, box]) => [leaf(one), box]),
    [...images],
  ];
  return [tags, drafts.map(placesOn)];
}

/** Cuts the personal objects out of a document that we wrote: classic cross-reference table, no object streams. */
export function cutStencil(bytes: Buffer, holes: readonly number[], fixed: string): Stencil {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(bytes.subarray(-64).toString('latin1'))![1]);
  const tail = bytes.subarray(start).toString('latin1');
  const [, count] = /^xref\n0 (\d+)\n/u.exec(tail)!;
  const head = tail.indexOf('\n', 5) + 1;
  const size = Number(count) * 20;
  const table = Buffer.from(bytes.subarray(start, start + head + size));
  const offsets = Array.from({ length: Number(count) - 1 }, (_, index) =>
    Number(tail.slice(head + 20 * (index + 1), head + 20 * (index + 1) + 10)),
  );
  const trailerText = tail.slice(head + size);
  const [, before, , between, , after] = /^([\s\S]*?\/ID \[<)([0-9a-f]+)(> <)([0-9a-f]+)(>\][\s\S]*?startxref\n)/u.exec(
    trailerText,
  )!;
  const inOrder = [...offsets].sort((a, b) => a - b);
  const ends = holes.map((hole) => inOrder.find((offset) => offset > offsets[hole - 1]!) ?? start);
  const chunks: Buffer[] = [];
  let from = 0;
  holes.forEach((hole, index) => {
    chunks.push(Buffer.from(bytes.subarray(from, offsets[hole - 1])));
    from = ends[index]!;
  });
  chunks.push(Buffer.from(bytes.subarray(from, start)));
  const lengths = holes.map((hole, index) => ends[index]! - offsets[hole - 1]!);
  const passed = offsets.map((offset) => holes.filter((hole) => offsets[hole - 1]! < offset).length);
  const bare = offsets.map((offset, index) => offset - sum(lengths.slice(0, passed[index]!)));
  return { chunks, holes, table, offsets: bare, after: passed, trailer: [before!, between!, after!], fixed };
}

/** Puts other personal streams into the holes: the very bytes that drawing the whole document would give. */
export function fillStencil(
  { chunks, holes, table, offsets, after, trailer, fixed }: Stencil,
  personal: readonly string[],
): Buffer {
  const parts: Buffer[] = [];
  const shifts = [0];
  let length = 0;
  chunks.forEach((chunk, index) => {
    parts.push(chunk);
    length += chunk.length;
    const hole = holes[index];
    if (hole === undefined) return;
    const object = streamObject(hole, personal[index]!);
    parts.push(object);
    length += object.length;
    shifts.push(shifts.at(-1)! + object.length);
  });
  const xref = Buffer.from(table);
  const first = xref.length - offsets.length * 20;
  offsets.forEach((offset, index) => {
    const shift = shifts[after[index]!]!;
    if (shift !== 0) writeDigits(xref, first + index * 20, offset + shift);
  });
  const id = documentId(fixed, personal).toString('hex');
  const [before, between, behind] = trailer;
  parts.push(xref, Buffer.from(`${before}${id}${between}${id}${behind}${length}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}

/** Ten digits. Three hundred offsets are written for every handout; as text they took four times as long. */
function writeDigits(table: Buffer, at: number, value: number): void {
  for (let place = at + 9, rest = value; place >= at; place--, rest = Math.floor(rest / 10))
    table[place] = 48 + (rest % 10);
}

/** A content stream as pdfkit writes it. */
function streamObject(id: number, operators: string): Buffer {
  const { data, bytes } = pressed(operators);
  const filter = data.Filter === undefined ? '' : `/Filter /${data.Filter}\n`;
  return Buffer.concat([
    Buffer.from(`${id} 0 obj\n<<\n${filter}/Length ${bytes.length}\n>>\nstream\n`, 'latin1'),
    bytes,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
