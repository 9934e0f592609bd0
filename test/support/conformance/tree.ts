// The structure tree of a PDF in, its elements in reading order out (ISO 32000-1, 14.7).
import { type Dict, nameOf, type Pdf, refOf, type Value } from './objects.ts';

export interface Element {
  ref: number;
  dict: Dict;
  /** The standard type, after the role map. */
  type: string;
  parent: Element | null;
  elements: Element[];
  contents: { page: number; mcid: number }[];
  objects: { page: number; object: number }[];
}

export interface Tree {
  root: Dict;
  /** What stands directly under the root. */
  top: Element[];
  /** Every element, parents before their kids. */
  elements: Element[];
  /** Key to entry: an array of elements for a page, one element for an annotation. */
  parentTree: ReadonlyMap<number, Value>;
}

export function readTree(pdf: Pdf, catalog: Dict): Tree {
  const root = pdf.dict(catalog.get('StructTreeRoot'));
  const roles = pdf.dict(root.get('RoleMap'));
  const elements: Element[] = [];
  const met = new Set<number>();

  const read = (ref: number, parent: Element | null): Element => {
    const dict = pdf.dict({ kind: 'ref', id: ref });
    const type = standardType(roles, nameOf(dict.get('S')) ?? '');
    const element: Element = { ref, dict, type, parent, elements: [], contents: [], objects: [] };
    if (met.has(ref)) throw new Error(`Structure element ${ref} stands in the tree twice.`);
    met.add(ref);
    elements.push(element);
    for (const kid of kidsOf(pdf, dict)) readKid(kid, element);
    return element;
  };
  const readKid = (kid: Value, element: Element) => {
    const found = pdf.resolve(kid);
    const page = refOf(pdf.dict(kid).get('Pg')) ?? refOf(element.dict.get('Pg')) ?? 0;
    const kind = nameOf(pdf.dict(kid).get('Type'));
    if (typeof found === 'number') element.contents.push({ page, mcid: found });
    else if (kind === 'MCR') element.contents.push({ page, mcid: Number(pdf.dict(kid).get('MCID')) });
    else if (kind === 'OBJR') element.objects.push({ page, object: refOf(pdf.dict(kid).get('Obj')) ?? 0 });
    else element.elements.push(read(refOf(kid) ?? 0, element));
  };

  const top = kidsOf(pdf, root).map((kid) => read(refOf(kid) ?? 0, null));
  return { root, top, elements, parentTree: readNumberTree(pdf, root.get('ParentTree')) };
}

function kidsOf(pdf: Pdf, dict: Dict): Value[] {
  const kids = pdf.get(dict, 'K');
  if (kids === undefined || kids === null) return [];
  return Array.isArray(kids) ? kids : [dict.get('K') ?? null];
}

/** Follows the role map; a circle in it ends at the name it started from, which is then not a standard one. */
function standardType(roles: Dict, type: string): string {
  let name = type;
  for (let steps = 0; steps <= roles.size && !STANDARD_TYPES.has(name); steps++) name = nameOf(roles.get(name)) ?? name;
  return name;
}

export function readNumberTree(pdf: Pdf, node: Value | undefined): Map<number, Value> {
  const dict = pdf.dict(node);
  const pairs = pdf.array(dict.get('Nums'));
  const entries = new Map<number, Value>();
  for (let i = 0; i < pairs.length; i += 2) entries.set(Number(pairs[i]), pairs[i + 1] ?? null);
  for (const kid of pdf.array(dict.get('Kids')))
    for (const [key, value] of readNumberTree(pdf, kid)) entries.set(key, value);
  return entries;
}

/** How a finding names an element: its type and object number. */
export const nameElement = (element: Element): string => `${element.type || 'element'} (object ${element.ref})`;

export function attribute(pdf: Pdf, element: Element, owner: string, key: string): Value | undefined {
  const value = pdf.get(element.dict, 'A');
  const owned = (Array.isArray(value) ? value : [value])
    .map((each) => pdf.dict(each))
    .filter((each) => nameOf(each.get('O')) === owner);
  return owned.map((each) => pdf.get(each, key)).find((found) => found !== undefined);
}

/** ISO 32000-1, 14.8.4. */
export const GROUPING = new Set(
  'Document Part Art Sect Div BlockQuote TOC TOCI Index NonStruct Private L LI Table TR THead TBody TFoot'.split(' '),
);
export const HEADINGS = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']);
const OTHERS = 'P H Lbl LBody Caption TH TD Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP';
const MORE = 'Warichu WT WP Figure Formula Form';
export const STANDARD_TYPES = new Set([...GROUPING, ...HEADINGS, ...OTHERS.split(' '), ...MORE.split(' ')]);
