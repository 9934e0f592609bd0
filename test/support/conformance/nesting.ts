// The structure tree in, breaches of the rules about what may stand in what out: headings, lists, tables (UA-1 7.2–7.6).
import { type Finding, finding, type Subject } from './finding.ts';
import { nameOf, type Pdf } from './objects.ts';
import { attribute, type Element, HEADINGS, nameElement } from './tree.ts';

/** What an element may hold, as UA-1 7.2 and PDF 14.8.4.3 have it. */
const KIDS: Record<string, readonly string[]> = {
  L: ['LI', 'L', 'Caption'],
  LI: ['Lbl', 'LBody'],
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
  TR: ['TH', 'TD'],
  TOC: ['TOCI', 'TOC', 'Caption'],
};
/** What an element must stand in. */
const PARENTS: Record<string, readonly string[]> = {
  LI: ['L'],
  LBody: ['LI'],
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  TH: ['TR'],
  TD: ['TR'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TOCI: ['TOC'],
};
const BLOCKS = new Set(['P', 'H', ...HEADINGS, 'L', 'Table', 'Sect', 'Part', 'Art', 'Div', 'Document', 'BlockQuote']);
/** These hold text and what is in a line of text, never a block (PDF 14.8.4.3 and 14.8.4.4). */
const LINES = new Set(['P', 'H', ...HEADINGS, 'Lbl', 'Span', 'Link', 'Quote', 'Code']);

export function* nestingRules({ pdf, tree }: Subject): Generator<Finding> {
  yield* headingRules(tree.elements);
  for (const element of tree.elements) {
    yield* kidRules(element);
    if (element.type === 'L') yield* captionRules(element);
    if (element.type === 'Table') yield* tableRules(pdf, element);
    if (element.type === 'TH') yield* headerRules(pdf, element);
  }
}

/** UA-1 7.4.2 and 7.4.4: the first is H1, none is skipped on the way down, and H is not mixed with them. */
function* headingRules(elements: readonly Element[]): Generator<Finding> {
  let last = 0;
  for (const element of elements) {
    if (element.type === 'H') yield finding('UA-1 7.4.4', nameElement(element), 'A heading has no level.');
    if (!HEADINGS.has(element.type)) continue;
    const level = Number(element.type.slice(1));
    if (level > last + 1)
      yield finding(
        'UA-1 7.4.2',
        nameElement(element),
        last === 0 ? 'The first heading is not an H1.' : `H${last + 1} is skipped.`,
      );
    last = level;
  }
}

function* kidRules(element: Element): Generator<Finding> {
  const allowed = KIDS[element.type];
  for (const kid of element.elements) {
    if (allowed !== undefined && !allowed.includes(kid.type))
      yield finding('UA-1 7.2', nameElement(kid), `It may not stand directly in ${element.type}.`);
    if (LINES.has(element.type) && BLOCKS.has(kid.type))
      yield finding('PDF 14.8.4.3', nameElement(kid), `A block may not stand in ${element.type}.`);
    if (element.type === 'Link' && kid.type === 'Link')
      yield finding('PDF 14.8.4.4', nameElement(kid), 'A link stands in a link.');
  }
  if (element.type === 'Link' && element.objects.length === 0)
    yield finding('PDF 14.8.4.4', nameElement(element), 'The link leads nowhere: it has no annotation.');
  const parents = PARENTS[element.type];
  if (parents !== undefined && !parents.includes(element.parent?.type ?? ''))
    yield finding('UA-1 7.2', nameElement(element), `It must stand in ${parents.join(' or ')}.`);
  if (element.type === 'LI' && element.elements.filter((kid) => kid.type === 'LBody').length !== 1)
    yield finding('UA-1 7.2', nameElement(element), 'The list item has not exactly one LBody.');
}

function* captionRules(list: Element): Generator<Finding> {
  if (list.elements.findIndex((kid) => kid.type === 'Caption') > 0)
    yield finding('UA-1 7.2', nameElement(list), 'The caption of a list is not its first kid.');
}

function* tableRules(pdf: Pdf, table: Element): Generator<Finding> {
  const where = nameElement(table);
  const count = (type: string) => table.elements.filter((kid) => kid.type === type).length;
  if (count('THead') > 1 || count('TFoot') > 1)
    yield finding('UA-1 7.2', where, 'The table has two heads or two feet.');
  if (count('THead') + count('TFoot') > 0 && count('TBody') === 0)
    yield finding('UA-1 7.2', where, 'The table has a head or a foot and no body.');
  const caption = table.elements.findIndex((kid) => kid.type === 'Caption');
  if (count('Caption') > 1 || (caption > 0 && caption < table.elements.length - 1))
    yield finding('UA-1 7.2', where, 'The caption of a table is neither its first nor its last kid.');

  const rows = table.elements.flatMap((kid) =>
    kid.type === 'TR' ? [kid] : kid.elements.filter((each) => each.type === 'TR'),
  );
  const widths = new Set(rowWidths(pdf, rows));
  if (rows.length === 0) yield finding('UA-1 7.2', where, 'The table has no rows.');
  if (widths.size > 1)
    yield finding('UA-1 7.2', where, `Rows differ in their number of columns: ${[...widths].join(', ')}.`);
  if (!rows.some((row) => row.elements.some((cell) => cell.type === 'TH')))
    yield finding('UA-1 7.5', where, 'The table has no header cells.');
}

/** How many columns each row covers, cells that reach down from above included. */
function rowWidths(pdf: Pdf, rows: readonly Element[]): number[] {
  let hanging: { rows: number; columns: number }[] = [];
  return rows.map((row) => {
    const above = hanging.reduce((sum, cell) => sum + cell.columns, 0);
    hanging = hanging.map((cell) => ({ ...cell, rows: cell.rows - 1 }));
    const cells = row.elements.map((cell) => ({
      rows: Number(attribute(pdf, cell, 'Table', 'RowSpan') ?? 1) - 1,
      columns: Number(attribute(pdf, cell, 'Table', 'ColSpan') ?? 1),
    }));
    hanging = [...hanging, ...cells].filter((cell) => cell.rows > 0);
    return cells.reduce((sum, cell) => sum + cell.columns, above);
  });
}

/** UA-1 7.5 accepts Headers on every cell instead; a Scope is read by more programs, so we ask for it always. */
function* headerRules(pdf: Pdf, cell: Element): Generator<Finding> {
  const scope = nameOf(attribute(pdf, cell, 'Table', 'Scope'));
  if (scope !== 'Row' && scope !== 'Column' && scope !== 'Both')
    yield finding('UA-1 7.5', nameElement(cell), 'The header cell does not say what it heads (Scope).');
}
