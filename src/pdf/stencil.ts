// A finished document in, all of it that is the same for every client out; and with other personal streams, a document again.
// Nothing of a client stays in a stencil: the streams that hold client text are cut out of it.
import { documentId, pressed } from './draft.ts';
import { type Ground, LEVEL, type Level, levelText } from './level.ts';
import { type PdfFile, pdfOf, type Stretch } from './stretch.ts';

/** Object numbers start at 1. Offsets are those of the document the stencil was cut from, without its personal streams. */
interface Stencil {
  parts: readonly Part[];
  /** The cross-reference table of the first document, and for each entry the hole it comes after (0 = none). */
  table: Buffer;
  offsets: readonly number[];
  after: readonly number[];
  /** The trailer up to and after the id, which stands in it twice. */
  trailer: readonly [string, string, string];
  /** Digest of everything drawn that is not personal. */
  fixed: string;
}

/** The number of a personal object, or bytes with the heights in them that are another client's others. */
type Part = { hole: number } | { bytes: Buffer; heights: readonly Height[] };

/** Where it is written, and which of the document's grounds it stands on. */
interface Height {
  at: number;
  height: number;
  ground: number;
}

/** An object with heights in it, in the order in which they are written. */
export interface Moving {
  id: number;
  levels: readonly Level[];
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

/** Cuts the personal objects out of a document that we wrote: classic cross-reference table, no object streams. */
export function cutStencil(
  bytes: Buffer,
  holes: readonly number[],
  moving: readonly Moving[],
  grounds: readonly Ground[],
  fixed: string,
): Stencil {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(bytes.subarray(-64).toString('latin1'))![1]);
  const tail = bytes.subarray(start).toString('latin1');
  const [, count] = /^xref\n0 (\d+)\n/u.exec(tail)!;
  const head = tail.indexOf('\n', 5) + 1;
  const size = Number(count) * 20;
  const table = ownCopy(bytes.subarray(start, start + head + size));
  const offsets = Array.from({ length: Number(count) - 1 }, (_, index) =>
    Number(tail.slice(head + 20 * (index + 1), head + 20 * (index + 1) + 10)),
  );
  const trailerText = tail.slice(head + size);
  const [, before, , between, , after] = /^([\s\S]*?\/ID \[<)([0-9a-f]+)(> <)([0-9a-f]+)(>\][\s\S]*?startxref\n)/u.exec(
    trailerText,
  )!;
  const inOrder = [...offsets].sort((a, b) => a - b);
  const objectOf = (id: number) => {
    const from = offsets[id - 1]!;
    return { from, to: inOrder.find((offset) => offset > from) ?? start };
  };
  const cuts: Cut[] = [
    ...holes.map((hole) => ({ ...objectOf(hole), hole, heights: [] })),
    ...moving.map(({ id, levels }) => {
      const object = objectOf(id);
      return { ...object, hole: null, heights: heightsIn(bytes, object, levels, grounds) };
    }),
  ];
  const gone = holes.map(objectOf);
  const passed = offsets.map((offset) => gone.filter(({ from }) => from < offset));
  return {
    parts: partsOf(bytes.subarray(0, start), cuts),
    table,
    offsets: offsets.map((offset, index) => offset - sum(passed[index]!.map(({ from, to }) => to - from))),
    after: passed.map(({ length }) => length),
    trailer: [before!, between!, after!],
    fixed,
  };
}

/** A stretch of the document by its ends. Heights count from the document's beginning. */
interface Cut {
  from: number;
  to: number;
  hole: number | null;
  heights: readonly Height[];
}

/** Heights stand in a rectangle or a destination, which no text of the same object can look like: it has no line ends. */
function heightsIn(
  bytes: Buffer,
  { from, to }: { from: number; to: number },
  levels: readonly Level[],
  grounds: readonly Ground[],
): Height[] {
  const text = bytes.toString('latin1', from, to);
  const array = /\n\/(?:Rect|BBox|Dest) \[[^\]]*/u.exec(text)!;
  return [...array[0].matchAll(LEVEL)].flatMap(({ index }, number) => {
    const { height, ground } = levels[number]!;
    const known = grounds.indexOf(ground);
    return known === -1 ? [] : [{ at: from + array.index + index, height, ground: known }];
  });
}

/** The document in parts. What moves is little and stands together: one part for all that do. */
function partsOf(bytes: Buffer, cuts: readonly Cut[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const add = (to: number, heights: readonly Height[]) => {
    const inPart = heights.map((one) => ({ ...one, at: one.at - at }));
    if (to > at) parts.push({ bytes: ownCopy(bytes.subarray(at, to)), heights: inPart });
    at = to;
  };
  const inOrder = cuts
    .filter(({ hole, heights }) => hole !== null || heights.length > 0)
    .sort((a, b) => a.from - b.from);
  let open: Height[] = [];
  inOrder.forEach(({ from, to, hole, heights }, index) => {
    if (open.length === 0) add(from, []);
    if (hole !== null) {
      parts.push({ hole });
      at = to;
      return;
    }
    open.push(...heights);
    const next = inOrder[index + 1];
    if (next?.hole === null && next.from === to) return;
    add(to, open);
    open = [];
  });
  add(bytes.length, []);
  return parts;
}

/** Node puts short copies side by side into one piece of memory: kept there, they would keep what lies beside them. */
function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

/** Puts other personal streams into the holes: the very bytes that drawing the whole document would give. */
export function fillStencil(
  { parts, table, offsets, after, trailer, fixed }: Stencil,
  personal: readonly string[],
  grounds: readonly Ground[],
): PdfFile {
  const out: Stretch[] = [];
  const shifts = [0];
  let length = 0;
  for (const part of parts) {
    const isHole = 'hole' in part;
    const bytes = isHole ? streamObject(part.hole, personal[shifts.length - 1]!) : moved(part, grounds);
    out.push({ bytes, common: !isHole && bytes === part.bytes });
    length += bytes.length;
    if (isHole) shifts.push(shifts.at(-1)! + bytes.length);
  }
  const xref = Buffer.from(table);
  const first = xref.length - offsets.length * 20;
  offsets.forEach((offset, index) => {
    const shift = shifts[after[index]!]!;
    if (shift !== 0) writeDigits(xref, first + index * 20, offset + shift);
  });
  const id = documentId(fixed, personal).toString('hex');
  const [before, between, behind] = trailer;
  const end = Buffer.from(`${before}${id}${between}${id}${behind}${length}\n%%EOF\n`, 'latin1');
  out.push({ bytes: Buffer.concat([xref, end]), common: false });
  return pdfOf(out);
}

function moved({ bytes, heights }: Extract<Part, { bytes: Buffer }>, grounds: readonly Ground[]): Buffer {
  if (heights.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  for (const { at, height, ground } of heights) copy.write(levelText(height - grounds[ground]!.down), at, 'latin1');
  return copy;
}

/** Ten digits. Three hundred offsets are written for every handout; as text they took four times as long. */
function writeDigits(table: Buffer, at: number, value: number): void {
  for (let place = at + 9, rest = value; place >= at; place--, rest = Math.floor(rest / 10))
    table[place] = 48 + (rest % 10);
}

/** A content stream as pdfkit writes it. */
function streamObject(id: number, operators: string): Buffer {
  const { data, bytes } = pressed(operators, true);
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
