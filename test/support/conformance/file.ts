// Bytes of a PDF in, its `Pdf` out: cross-reference table, trailer and every object it lists (ISO 32000-1, 7.5).
import { type Dict, Pdf, Reader, refOf, type Value } from './objects.ts';

export function readPdf(bytes: Buffer): Pdf {
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1', Math.max(0, bytes.length - 64)));
  if (start === null) throw new Error('The PDF does not end in startxref and %%EOF.');
  const reader = new Reader(bytes, Number(start[1]));
  if (!reader.looksAt('xref')) throw new Error('The checker reads classic cross-reference tables only.');
  const offsets = readOffsets(reader);
  const trailer = reader.next();
  if (!(trailer instanceof Map)) throw new Error('The PDF has no trailer dictionary.');
  if (trailer.has('Prev') || trailer.has('XRefStm')) throw new Error('The checker does not read updated PDFs.');

  const objects = new Map<number, Value>();
  for (const [id, offset] of offsets) objects.set(id, readObject(bytes, id, offset, offsets));
  return new Pdf(bytes, trailer, objects);
}

function readOffsets(reader: Reader): Map<number, number> {
  const offsets = new Map<number, number>();
  reader.next(); // xref
  for (let first = reader.next(); typeof first === 'number'; first = reader.next()) {
    const count = Number(reader.next());
    for (let i = 0; i < count; i++) {
      const offset = Number(reader.next());
      reader.next(); // generation
      const use = reader.next();
      if (use instanceof Object && 'operator' in use && use.operator === 'n') offsets.set(first + i, offset);
    }
  }
  return offsets;
}

function readObject(bytes: Buffer, id: number, offset: number, offsets: ReadonlyMap<number, number>): Value {
  const reader = new Reader(bytes, offset);
  if (!reader.looksAt(`${id} 0 obj`)) throw new Error(`The cross-reference table misplaces object ${id}.`);
  reader.at += `${id} 0 obj`.length;
  const value = reader.next() ?? null;
  reader.skipSpace();
  if (!(value instanceof Map) || !reader.looksAt('stream')) return value;

  reader.at += 'stream'.length;
  if (reader.looksAt('\r\n')) reader.at++;
  const from = reader.at + 1;
  const raw = bytes.subarray(from, from + streamLength(bytes, value, offsets));
  reader.at = from + raw.length;
  if (!/^\r?\n?endstream/.test(bytes.toString('latin1', reader.at, reader.at + 11)))
    throw new Error(`The stream of object ${id} is not as long as its Length says.`);
  return { kind: 'stream', dict: value, raw };
}

function streamLength(bytes: Buffer, dict: Dict, offsets: ReadonlyMap<number, number>): number {
  const length = dict.get('Length');
  const id = refOf(length);
  return Number(id === undefined ? length : readObject(bytes, id, offsets.get(id) ?? 0, offsets));
}
