// The bytes of an Excel workbook and one of its sheets in, the numbers of the rows that are hidden there out.
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type ZipEntry, zipEntries } from './zip-entries.ts';

/** Names and relations of sheets: a workbook of 255 sheets needs a tenth of it. */
const MOST_NAMES = 1_000_000;
/** Longer than the opening tag of any row. */
const LONGEST_TAG = 2_000;

/**
 * A filter hides rows like a hand does (ECMA-376 Part 1, 18.3.1.73: `hidden`), and the reader gives them like any other.
 * `index` is the sheet's place in the workbook. Read a piece at a time, so that nobody waits for a large one; none where
 * the sheet is not found as Excel writes it.
 */
export async function hiddenRows(bytes: Uint8Array, index: number): Promise<number[]> {
  const entries = new Map((zipEntries(bytes) ?? []).map((entry) => [entry.name, entry]));
  const textOf = async (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined || entry.size > MOST_NAMES) return '';
    const texts: string[] = [];
    for await (const text of unfold(bytes, entry)) texts.push(text);
    return texts.join('');
  };
  const path = sheetPath(await textOf('xl/workbook.xml'), await textOf('xl/_rels/workbook.xml.rels'), index);
  const sheet = entries.get(path ?? '');
  return sheet === undefined ? [] : scan(unfold(bytes, sheet));
}

function sheetPath(workbook: string, relations: string, index: number): string | null {
  const [tag] = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/gu)][index] ?? [];
  const id = attribute(tag, '\\w+:id');
  const tags = [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/gu)].map(([all]) => all);
  const target = attribute(
    tags.find((one) => attribute(one, 'Id') === id),
    'Target',
  );
  if (target === null) return null;
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

const attribute = (tag: string | undefined, name: string) =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`, 'u').exec(tag ?? '')?.[1] ?? null;

/** Rows without a number follow the one before. */
async function scan(texts: AsyncIterable<string>): Promise<number[]> {
  const hidden: number[] = [];
  let row = 0;
  let left = '';
  for await (const text of texts) {
    const known = left + text;
    let end = 0;
    for (const match of known.matchAll(/<(?:\w+:)?row(?=[\s>/])[^>]*>/gu)) {
      const [tag] = match;
      row = Number(attribute(tag, 'r') ?? row + 1);
      if (/^(1|true)$/u.test(attribute(tag, 'hidden') ?? '')) hidden.push(row);
      end = match.index + tag.length;
    }
    left = known.slice(Math.max(end, known.length - LONGEST_TAG));
  }
  return hidden;
}

/** No more than it says it unfolds to, which was counted before. */
async function* unfold(bytes: Uint8Array, { method, start, packed, size }: ZipEntry): AsyncGenerator<string> {
  const data = bytes.subarray(start, start + packed);
  const chunks = Readable.from([data]);
  const decoder = new TextDecoder();
  let unfolded = 0;
  for await (const chunk of method === 0 ? chunks : chunks.pipe(createInflateRaw())) {
    unfolded += chunk.length;
    if (unfolded > size) return;
    yield decoder.decode(chunk, { stream: true });
  }
}
