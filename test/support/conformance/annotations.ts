// Annotations of the pages and the structure tree in, breaches of the rules about links and other annotations out.
import type { Page } from './content.ts';
import { type Finding, finding, type Subject } from './finding.ts';
import { type Dict, isStream, nameOf, type Pdf, refOf, type Value } from './objects.ts';
import { type Element, nameElement } from './tree.ts';

/** A-2 6.3.1 and UA-1 7.18.2. */
const FORBIDDEN = new Set(['3D', 'Sound', 'Screen', 'Movie', 'TrapNet', 'FileAttachment']);
const PRINT = 4;
/** Invisible, Hidden, NoView, ToggleNoView: A-2 6.3.2. */
const UNSEEN = 1 | 2 | 32 | 256;

export function* annotationRules(subject: Subject): Generator<Finding> {
  const { pdf, pages, tree } = subject;
  const owners = new Map<number, { element: Element; page: number }>();
  for (const element of tree.elements)
    for (const { object, page } of element.objects) {
      if (owners.has(object))
        yield finding('PDF 14.7.4.3', nameElement(element), 'Its annotation stands in the tree twice.');
      owners.set(object, { element, page });
    }
  const met = new Set<number>();
  for (const page of pages)
    for (const value of pdf.array(page.dict.get('Annots'))) {
      const ref = refOf(value) ?? 0;
      const dict = pdf.dict(value);
      const where = `page ${page.number}, ${nameOf(dict.get('Subtype'))} annotation (object ${ref})`;
      met.add(ref);
      yield* dictRules(pdf, dict, page, where);
      yield* treeRules(subject, dict, ref, owners.get(ref), page, where);
    }
  for (const [object, { element }] of owners)
    if (!met.has(object)) yield finding('PDF 14.7.4.3', nameElement(element), 'Its annotation is on no page.');
}

function* dictRules(pdf: Pdf, dict: Dict, page: Page, where: string): Generator<Finding> {
  const subtype = pdf.name(dict, 'Subtype') ?? '';
  if (FORBIDDEN.has(subtype)) yield finding('A-2 6.3.1', where, 'Annotations of this kind are forbidden.');
  const flags = pdf.get(dict, 'F');
  if (typeof flags !== 'number' || (flags & PRINT) === 0 || (flags & UNSEEN) !== 0)
    yield finding('A-2 6.3.2', where, 'The annotation is not flagged to print and be seen.');
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = pdf.numbers(dict.get('Rect'));
  const [left = 0, bottom = 0, right = 0, top = 0] = pdf.numbers(page.dict.get('MediaBox'));
  const [low, high] = [Math.min(y1, y2), Math.max(y1, y2)];
  if (!(x1 < x2 && low < high && x1 >= left && x2 <= right && low >= bottom && high <= top))
    yield finding('PDF 12.5.2', where, 'Its rectangle is empty or not on the page.');
  if (subtype === 'Link') return;
  const look = pdf.dict(dict.get('AP'));
  if (subtype !== 'Popup' && !look.has('N'))
    yield finding('A-2 6.3.3', where, 'The annotation has no appearance (AP N).');
  else if (look.has('R') || look.has('D')) yield finding('A-2 6.3.3', where, 'The appearance is more than N.');
  else if (subtype === 'Widget') yield* stateRules(pdf, dict, look.get('N'), where);
}

/** A button has one appearance per state, AS naming the one shown; other fields have one only. */
function* stateRules(pdf: Pdf, dict: Dict, normal: Value | undefined, where: string): Generator<Finding> {
  if (isStream(pdf.resolve(normal))) return;
  const state = pdf.name(dict, 'AS') ?? '';
  if (!pdf.dict(normal).has(state))
    yield finding('A-2 6.3.3', where, 'There is no appearance for the state it is in (AS).');
}

function* treeRules(
  { pdf, tree }: Subject,
  dict: Dict,
  ref: number,
  owner: { element: Element; page: number } | undefined,
  page: Page,
  where: string,
): Generator<Finding> {
  const subtype = pdf.name(dict, 'Subtype');
  if (subtype === 'Popup') return;
  const contents = pdf.text(dict, 'Contents')?.trim() ?? '';
  const alt = owner === undefined ? '' : (pdf.text(owner.element.dict, 'Alt') ?? '');
  if (subtype === 'Link' && contents === '')
    yield finding('UA-1 7.18.5', where, 'The link does not say where it leads (Contents).');
  else if (subtype !== 'Widget' && contents === '' && alt === '')
    yield finding('UA-1 7.18.1', where, 'The annotation has neither Contents nor alternative text.');

  if (owner === undefined) return yield finding(clauseOf(subtype), where, `Object ${ref} is in no structure element.`);
  if (owner.page !== page.ref)
    yield finding('PDF 14.7.4.3', where, 'The structure tree has it on another page (OBJR Pg).');
  if (refOf(tree.parentTree.get(Number(pdf.get(dict, 'StructParent')))) !== owner.element.ref)
    yield finding('PDF 14.7.4.4', where, 'The parent tree does not lead to its element (StructParent).');
  const wanted = subtype === 'Link' ? 'Link' : subtype === 'Widget' ? 'Form' : 'Annot';
  if (owner.element.type !== wanted)
    yield finding(clauseOf(subtype), where, `It stands in ${owner.element.type}, not in ${wanted}.`);
  if (subtype === 'Link' && alt === '' && owner.element.contents.length + owner.element.elements.length === 0)
    yield finding('UA-1 7.18.5', where, 'The link has no text.');
}

function clauseOf(subtype: string | undefined): string {
  return subtype === 'Link' ? 'UA-1 7.18.5' : subtype === 'Widget' ? 'UA-1 7.18.4' : 'UA-1 7.18.1';
}
