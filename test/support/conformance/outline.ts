// The outline and the name trees in, breaches of the rules about finding one's way through the document out.
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, isText, nameOf, type Pdf, refOf, type Value } from './objects.ts';

export function* outlineRules(subject: Subject): Generator<Finding> {
  const { pdf, catalog } = subject;
  const names = namesOf(pdf, pdf.dict(catalog.get('Names')).get('Dests'));
  // PDF 7.9.6: viewers search binarily, by bytes.
  if (names.some(([key], i) => i > 0 && Buffer.compare(names[i - 1]?.[0] ?? key, key) >= 0))
    yield finding('PDF 7.9.6', 'name tree', 'Names are not in the order of their bytes.');
  if (catalog.has('Outlines'))
    yield* levelRules(subject, new Map(names.map(([key, dest]) => [key.toString('latin1'), dest])));
}

function namesOf(pdf: Pdf, node: Value | undefined): [Buffer, Value][] {
  const dict = pdf.dict(node);
  const flat = pdf.array(dict.get('Names'));
  const own = flat.flatMap((key, i): [Buffer, Value][] => (isText(key) ? [[key.bytes, flat[i + 1] ?? null]] : []));
  return [...own, ...pdf.array(dict.get('Kids')).flatMap((kid) => namesOf(pdf, kid))];
}

function* levelRules(subject: Subject, names: ReadonlyMap<string, Value>): Generator<Finding> {
  const { pdf, catalog } = subject;
  const seen = new Set<number>();
  const parents = [refOf(catalog.get('Outlines'))];
  for (const parent of parents) {
    const dict = pdf.dict({ kind: 'ref', id: parent ?? 0 });
    const where = parent === parents[0] ? 'outline' : `outline item (object ${parent})`;
    if (dict.has('First') && typeof pdf.get(dict, 'Count') !== 'number' && parent !== parents[0])
      yield finding('PDF 12.3.3', where, 'It has items below it and no Count.');
    let previous: number | undefined;
    for (
      let ref = refOf(dict.get('First'));
      ref !== undefined;
      ref = refOf(pdf.dict({ kind: 'ref', id: ref }).get('Next'))
    ) {
      if (seen.has(ref)) return yield finding('PDF 12.3.3', where, 'Its items run in a circle.');
      seen.add(ref);
      yield* itemRules(subject, names, ref, parent, previous);
      if (pdf.dict({ kind: 'ref', id: ref }).has('First')) parents.push(ref);
      previous = ref;
    }
    if (refOf(dict.get('Last')) !== previous) yield finding('PDF 12.3.3', where, 'Last is not the last of its items.');
  }
}

function* itemRules(
  subject: Subject,
  names: ReadonlyMap<string, Value>,
  ref: number,
  parent: number | undefined,
  previous: number | undefined,
): Generator<Finding> {
  const { pdf } = subject;
  const where = `outline item (object ${ref})`;
  const item = pdf.dict({ kind: 'ref', id: ref });
  if (!pdf.text(item, 'Title')?.trim()) yield finding('PDF 12.3.3', where, 'The item has no title.');
  if (refOf(item.get('Parent')) !== parent || refOf(item.get('Prev')) !== previous)
    yield finding('PDF 12.3.3', where, 'Parent or Prev leads elsewhere.');
  yield* destinationRules(subject, destinationOf(pdf, item, names), where);
}

function destinationOf(pdf: Pdf, item: Dict, names: ReadonlyMap<string, Value>): Value[] {
  const action = pdf.dict(item.get('A'));
  const dest = pdf.get(item, 'Dest') ?? pdf.get(action, 'D');
  const found = isText(dest) ? names.get(dest.bytes.toString('latin1')) : dest;
  const inner = pdf.resolve(found);
  return pdf.array(inner instanceof Map ? inner.get('D') : inner);
}

function* destinationRules({ pdf, pages }: Subject, dest: Value[], where: string): Generator<Finding> {
  const page = pages.find((each) => each.ref === refOf(dest[0]));
  if (page === undefined) return yield finding('PDF 12.3.2', where, 'It leads to no page.');
  const [, , width = 0, height = 0] = pdf.numbers(page.dict.get('MediaBox'));
  const [left, top] = dest.slice(2);
  if (nameOf(dest[1]) !== 'XYZ') return;
  // No clause bounds the place, but PDFKit's default scrolls to the far side of the page.
  if (
    (typeof left === 'number' && (left < 0 || left >= width)) ||
    (typeof top === 'number' && (top < 0 || top > height))
  )
    yield finding('PDF 12.3.2', where, 'It leads to a place beside the page.');
}
