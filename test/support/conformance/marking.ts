// Marked content of the pages and the structure tree in, every place where the two do not meet out (UA-1 7.1).
import type { Page } from './content.ts';
import { type Finding, finding, type Subject } from './finding.ts';
import { nameOf, type Pdf, refOf, type Value } from './objects.ts';
import { type Element, nameElement, readNumberTree, type Tree } from './tree.ts';

const PAINTING = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 's', 'S', 'sh', 'Tj', 'TJ', "'", '"', 'Do']);

interface Mark {
  artifact: boolean;
  mcid: number | null;
  inText: boolean;
}

export function* markingRules(subject: Subject): Generator<Finding> {
  const { pdf, pages, drawings, tree } = subject;
  for (const drawing of drawings.slice(pages.length))
    if (drawing.operations.some(({ operands }) => operands.some((each) => each instanceof Map && each.has('MCID'))))
      throw new Error('The checker does not read structure content inside form XObjects.');
  const claims = claimsOf(tree);
  for (const page of pages) {
    const mcids = new Set<number>();
    yield* walkMarks(pdf, page, mcids);
    if (mcids.size > 0 && typeof page.dict.get('StructParents') !== 'number')
      yield finding('PDF 14.7.4.4', `page ${page.number}`, 'The page has tagged content and no StructParents.');
    yield* meet(subject, page, mcids, claims.get(page.ref) ?? new Map());
  }
  const known = new Set(pages.map((page) => page.ref));
  for (const element of tree.elements)
    for (const { page, mcid } of element.contents)
      if (!known.has(page)) yield finding('PDF 14.7.4.2', nameElement(element), `Content ${mcid} is on no page.`);
  yield* keyRules(subject);
  yield* limitRules(subject.pdf, tree.root.get('ParentTree'), true);
  yield* partRules(tree);
}

/** One page from top to bottom; collects the MCIDs met. */
function* walkMarks(pdf: Pdf, page: Page, mcids: Set<number>): Generator<Finding> {
  const where = `page ${page.number}`;
  const marks: Mark[] = [];
  let inText = false;
  let untagged = 0;
  for (const { operator, operands } of page.operations) {
    if (operator === 'BT' || operator === 'ET') {
      if (inText === (operator === 'BT')) yield finding('PDF 9.4.1', where, 'Text objects are nested or not begun.');
      inText = operator === 'BT';
    } else if (operator === 'BMC' || operator === 'BDC') {
      const mark = readMark(pdf, page, operands, inText);
      yield* openRules(mark, marks, mcids, where);
      marks.push(mark);
    } else if (operator === 'EMC') {
      const closed = marks.pop();
      if (closed === undefined)
        yield finding('PDF 14.6.1', where, 'Marked content is closed (EMC) that was not opened.');
      else if (closed.inText !== inText)
        yield finding('PDF 14.6.1', where, 'Marked content opens and closes on different sides of a text object.');
    } else if (PAINTING.has(operator) && !marks.some((mark) => mark.artifact || mark.mcid !== null)) untagged++;
  }
  if (untagged > 0)
    yield finding('UA-1 7.1', where, `${untagged} things are drawn that are neither tagged nor artifacts.`);
  if (marks.length > 0) yield finding('PDF 14.6.1', where, `${marks.length} marked contents are not closed (EMC).`);
  if (inText) yield finding('PDF 9.4.1', where, 'A text object is not ended.');
}

function readMark(pdf: Pdf, page: Page, operands: Page['operations'][number]['operands'], inText: boolean): Mark {
  const named = nameOf(operands[1]);
  const properties = pdf.dict(pdf.dict(page.dict.get('Resources')).get('Properties'));
  const dict = pdf.dict(named === undefined ? operands[1] : properties.get(named));
  const mcid = pdf.get(dict, 'MCID');
  return { artifact: nameOf(operands[0]) === 'Artifact', mcid: typeof mcid === 'number' ? mcid : null, inText };
}

function* openRules(mark: Mark, open: readonly Mark[], mcids: Set<number>, where: string): Generator<Finding> {
  if (mark.artifact && open.some(({ mcid }) => mcid !== null))
    yield finding('UA-1 7.1', where, 'An artifact lies inside tagged content.');
  if (mark.mcid === null) return;
  if (open.some(({ artifact }) => artifact))
    yield finding('UA-1 7.1', where, 'Tagged content lies inside an artifact.');
  // No clause forbids this one, but then the same glyphs are read twice.
  if (open.some(({ mcid }) => mcid !== null))
    yield finding('UA-1 7.1', where, 'Tagged content lies inside tagged content.');
  if (mark.artifact) yield finding('UA-1 7.1', where, 'An artifact has an MCID.');
  if (mcids.has(mark.mcid)) yield finding('PDF 14.7.4.2', where, `MCID ${mark.mcid} is used twice.`);
  mcids.add(mark.mcid);
}

/** Page, structure tree and parent tree must tell the same story about each MCID. */
function* meet(
  { pdf, tree }: Subject,
  page: Page,
  mcids: ReadonlySet<number>,
  claims: ReadonlyMap<number, Element>,
): Generator<Finding> {
  const where = `page ${page.number}`;
  const parents = pdf.array(tree.parentTree.get(Number(page.dict.get('StructParents')))).map((each) => refOf(each));
  for (const mcid of mcids) {
    const claim = claims.get(mcid);
    if (claim === undefined) yield finding('UA-1 7.1', where, `MCID ${mcid} is in no structure element.`);
    if (parents[mcid] === undefined || parents[mcid] !== claim?.ref)
      yield finding('PDF 14.7.4.4', where, `The parent tree does not lead from MCID ${mcid} to its element.`);
  }
  for (const [mcid, element] of claims)
    if (!mcids.has(mcid))
      yield finding('PDF 14.7.4.2', nameElement(element), `MCID ${mcid} is not drawn on page ${page.number}.`);
  for (const [mcid, ref] of parents.entries())
    if (ref !== undefined && !mcids.has(mcid))
      yield finding('PDF 14.7.4.4', where, `The parent tree knows MCID ${mcid}, which is not drawn on the page.`);
}

/** By page, the element that claims each MCID. */
function claimsOf(tree: Tree): Map<number, Map<number, Element>> {
  const claims = new Map<number, Map<number, Element>>();
  for (const element of tree.elements)
    for (const { page, mcid } of element.contents) {
      const known = claims.get(page) ?? new Map<number, Element>();
      claims.set(page, known.set(mcid, element));
    }
  return claims;
}

function* keyRules({ pdf, pages, tree }: Subject): Generator<Finding> {
  const keys = [...tree.parentTree.keys()];
  if (keys.some((key, i) => i > 0 && key <= (keys[i - 1] ?? 0)))
    yield finding('PDF 7.9.7', 'parent tree', 'Keys are not in ascending order.');
  if (keys.length > 0 && Number(pdf.get(tree.root, 'ParentTreeNextKey')) <= Math.max(...keys))
    yield finding('PDF 14.7.2', 'parent tree', 'ParentTreeNextKey is a key already used.');
  // A blank back has nothing that a key could lead from.
  const owners = pages.map((page) => page.dict.get('StructParents')).filter((key) => key !== undefined);
  if (new Set(owners).size !== owners.length)
    yield finding('PDF 14.7.4.4', 'parent tree', 'Two pages share one StructParents key.');
}

/** PDF 7.9.7: a leaf of the tree says its first and last key, and viewers search by that. */
function* limitRules(pdf: Pdf, node: Value | undefined, isRoot: boolean): Generator<Finding> {
  const dict = pdf.dict(node);
  const keys = [...readNumberTree(pdf, node).keys()];
  const limits = pdf.numbers(dict.get('Limits'));
  if (!isRoot && (limits[0] !== keys[0] || limits[1] !== keys.at(-1)))
    yield finding('PDF 7.9.7', 'parent tree', 'A node does not say its first and last key (Limits).');
  for (const kid of pdf.array(dict.get('Kids'))) yield* limitRules(pdf, kid, false);
}

/** No clause asks for this: in a file for many clients each part has pages of its own. */
function* partRules(tree: Tree): Generator<Finding> {
  const owners = new Map<number, Element>();
  for (const element of tree.elements) {
    const part = partOf(element);
    if (part === null) continue;
    for (const { page } of element.contents) {
      if ((owners.get(page) ?? part) !== part)
        yield finding('PDF 14.8.4.2', nameElement(part), 'It stands on a page of another part.');
      owners.set(page, part);
    }
  }
}

function partOf(element: Element): Element | null {
  if (element.type === 'Part') return element;
  return element.parent === null ? null : partOf(element.parent);
}
