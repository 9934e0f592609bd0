// The structure tree in, breaches of the rules about single elements out: links between them, types, texts, ids.
import { type Finding, finding, type Subject } from './finding.ts';
import { nameOf, type Pdf, refOf } from './objects.ts';
import { attribute, type Element, GROUPING, nameElement, STANDARD_TYPES } from './tree.ts';

export function* structureRules(subject: Subject): Generator<Finding> {
  const { pdf, tree, catalog } = subject;
  // Several kids are allowed by PDF 14.7.2; a single Document is what 14.8.4.2 recommends and poppler expects.
  if (tree.top.length !== 1 || tree.top[0]?.type !== 'Document')
    yield finding('PDF 14.8.4.2', 'structure tree', 'The tree does not hang from one Document.');
  const root = refOf(catalog.get('StructTreeRoot'));
  for (const element of tree.elements) {
    yield* linkRules(pdf, element, root);
    yield* typeRules(pdf, tree.root.get('RoleMap') ? pdf.dict(tree.root.get('RoleMap')) : new Map(), element);
    yield* kidRules(pdf, element);
    yield* textRules(subject, element);
  }
  yield* claimRules(subject);
  yield* idRules(subject);
}

function* linkRules(pdf: Pdf, element: Element, root: number | undefined): Generator<Finding> {
  const where = nameElement(element);
  if (!pdf.objects.has(element.ref)) yield finding('PDF 14.7.2', where, 'The element is not in the file.');
  if (refOf(element.dict.get('P')) !== (element.parent?.ref ?? root))
    yield finding('PDF 14.7.2', where, 'P does not lead to the parent.');
}

function* typeRules(pdf: Pdf, roles: ReadonlyMap<string, unknown>, element: Element): Generator<Finding> {
  const own = pdf.name(element.dict, 'S') ?? '';
  if (!STANDARD_TYPES.has(element.type))
    yield finding('A-2 6.7.3.4', nameElement(element), `"${own}" is no standard type and is not mapped to one.`);
  if (STANDARD_TYPES.has(own) && roles.has(own))
    yield finding('UA-1 7.1', nameElement(element), `The standard type ${own} is mapped to another.`);
}

function* kidRules(pdf: Pdf, element: Element): Generator<Finding> {
  const { type, elements, contents, objects } = element;
  if (GROUPING.has(type) && contents.length > 0)
    yield finding('PDF 14.8.4.2', nameElement(element), 'Content stands directly in a grouping element.');
  // Not in the standards: an element without anything in it is announced and says nothing. A cell may be empty.
  if (elements.length + contents.length + objects.length === 0 && type !== 'TD' && type !== 'TH')
    yield finding('UA-1 7.1', nameElement(element), 'The element is empty.');
  if (pdf.name(element.dict, 'Type') !== undefined && pdf.name(element.dict, 'Type') !== 'StructElem')
    yield finding('PDF 14.7.2', nameElement(element), 'The Type is not StructElem.');
}

function* textRules({ pdf, pages }: Subject, element: Element): Generator<Finding> {
  const where = nameElement(element);
  const alt = pdf.text(element.dict, 'Alt');
  const actual = pdf.text(element.dict, 'ActualText');
  if (alt !== undefined && alt.trim() === '') yield finding('UA-1 7.3', where, 'The alternative text is empty.');
  for (const text of [alt, actual])
    if (text !== undefined && /[\uE000-\uF8FF]/.test(text))
      yield finding('A-2 6.2.11.7.3', where, 'A replacement text has private-use characters.');
  if (element.type === 'Formula' && alt === undefined && actual === undefined)
    yield finding('UA-1 7.7', where, 'The formula has no alternative text.');
  if (element.type !== 'Figure') return;

  if (alt === undefined && actual === undefined)
    yield finding('UA-1 7.3', where, 'The figure has no alternative text.');
  const [left, bottom, right, top] = pdf.numbers(attribute(pdf, element, 'Layout', 'BBox'));
  const page = pages.find((each) => each.ref === element.contents[0]?.page);
  const [, , width = 0, height = 0] = pdf.numbers(page?.dict.get('MediaBox'));
  if (left === undefined || bottom === undefined || right === undefined || top === undefined)
    yield finding('PDF 14.8.5.4.3', where, 'The figure has no bounding box (BBox).');
  else if (!(left < right && bottom < top && left >= 0 && bottom >= 0 && right <= width && top <= height))
    yield finding('PDF 14.8.5.4.3', where, 'The bounding box (BBox) is empty or not on the page.');
}

function* claimRules({ tree }: Subject): Generator<Finding> {
  const claimed = new Set<string>();
  for (const element of tree.elements)
    for (const { page, mcid } of element.contents) {
      if (claimed.has(`${page} ${mcid}`))
        yield finding('PDF 14.7.4.2', nameElement(element), `MCID ${mcid} belongs to two places in the tree.`);
      claimed.add(`${page} ${mcid}`);
    }
}

/** UA-1 7.9 asks for an ID on notes; PDF 14.7.2 for an IDTree as soon as there is any ID. */
function* idRules({ pdf, tree }: Subject): Generator<Finding> {
  const ids = new Set<string>();
  for (const element of tree.elements) {
    const id = pdf.text(element.dict, 'ID');
    if (element.type === 'Note' && !id) yield finding('UA-1 7.9', nameElement(element), 'The note has no ID.');
    if (id === undefined) continue;
    if (ids.has(id)) yield finding('UA-1 7.9', nameElement(element), 'Another element has the same ID.');
    ids.add(id);
  }
  if (ids.size > 0 && !tree.root.has('IDTree'))
    yield finding('PDF 14.7.2', 'structure tree', 'Elements have IDs and there is no IDTree.');
  for (const element of tree.elements)
    for (const header of pdf.array(attribute(pdf, element, 'Table', 'Headers')))
      if (nameOf(header) !== undefined || refOf(header) !== undefined || !ids.has(idOf(header)))
        yield finding('UA-1 7.5', nameElement(element), 'Headers names a cell that is not there.');
      else if (idOf(header) === pdf.text(element.dict, 'ID'))
        yield finding('UA-1 7.5', nameElement(element), 'The cell names itself as its header.');
}

const idOf = (header: unknown): string =>
  header instanceof Object && 'bytes' in header && header.bytes instanceof Buffer
    ? header.bytes.toString('latin1')
    : '';
