// The pages and other content streams of a PDF in, their operations out (ISO 32000-1, 7.8).
import { type Dict, isStream, nameOf, type Pdf, Reader, refOf, type Stream, type Value } from './objects.ts';

export interface Operation {
  operator: string;
  operands: Value[];
}

export interface Page {
  number: number;
  ref: number;
  dict: Dict;
  operations: Operation[];
}

/** Anything that draws: a page, a form XObject, the look of a form field. */
export interface Drawing {
  where: string;
  resources: Dict;
  operations: Operation[];
}

export function readPages(pdf: Pdf, catalog: Dict): Page[] {
  const pages: Page[] = [];
  const walk = (value: Value | undefined, inherited: Dict) => {
    const dict: Dict = new Map([...inherited, ...pdf.dict(value)]);
    if (nameOf(dict.get('Type')) === 'Pages') {
      const kept = ['Resources', 'MediaBox'].flatMap((key) =>
        dict.has(key) ? [[key, dict.get(key) ?? null] as const] : [],
      );
      for (const kid of pdf.array(dict.get('Kids'))) walk(kid, new Map(kept));
    } else {
      const operations = readOperations(pageBytes(pdf, dict));
      pages.push({ number: pages.length + 1, ref: refOf(value) ?? 0, dict, operations });
    }
  };
  walk(catalog.get('Pages'), new Map());
  return pages;
}

/** A page's streams count as one, parted by white space (7.8.2). */
function pageBytes(pdf: Pdf, page: Dict): Buffer {
  const contents = pdf.get(page, 'Contents');
  const streams = (Array.isArray(contents) ? contents : [contents]).map((each) => pdf.resolve(each)).filter(isStream);
  return Buffer.concat(streams.flatMap((stream) => [pdf.data(stream), Buffer.from('\n')]));
}

export function readOperations(bytes: Buffer): Operation[] {
  const reader = new Reader(bytes);
  const operations: Operation[] = [];
  let operands: Value[] = [];
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (!(value instanceof Object && 'operator' in value)) {
      operands.push(value);
      continue;
    }
    if (value.operator === 'BI') throw new Error('The checker does not read inline images.');
    operations.push({ operator: value.operator, operands });
    operands = [];
  }
  if (operands.length > 0) operations.push({ operator: '', operands });
  return operations;
}

/** Pages first, then what they use. */
export function readDrawings(pdf: Pdf, pages: readonly Page[]): Drawing[] {
  const drawings: Drawing[] = pages.map(({ number, dict, operations }) => ({
    where: `page ${number}`,
    resources: pdf.dict(dict.get('Resources')),
    operations,
  }));
  const annotations = pages.flatMap((page) => pdf.array(page.dict.get('Annots')).map((each) => pdf.dict(each)));
  const looks = annotations
    .flatMap((each) => [...pdf.dict(each.get('AP')).values()])
    .flatMap((look) => leaves(pdf, look));
  const seen = new Set<Stream>();
  const add = (form: Stream) => {
    if (seen.has(form)) return;
    seen.add(form);
    const where = `form XObject ${seen.size}`;
    drawings.push({
      where,
      resources: pdf.dict(form.dict.get('Resources')),
      operations: readOperations(pdf.data(form)),
    });
  };
  for (const look of looks) add(look);
  // `drawings` grows while it is walked: forms may use forms.
  for (const drawing of drawings) for (const form of formsOf(pdf, drawing.resources)) add(form);
  return drawings;
}

/** An appearance is a stream, or a dictionary of one stream per state. */
function leaves(pdf: Pdf, look: Value): Stream[] {
  const found = pdf.resolve(look);
  return isStream(found) ? [found] : [...pdf.dict(found).values()].map((each) => pdf.resolve(each)).filter(isStream);
}

function formsOf(pdf: Pdf, resources: Dict): Stream[] {
  const objects = [...pdf.dict(resources.get('XObject')).values()].map((each) => pdf.resolve(each)).filter(isStream);
  return objects.filter(({ dict }) => nameOf(dict.get('Subtype')) === 'Form');
}
