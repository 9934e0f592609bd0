// Something to write on: its directives in, every mistake told; and the Markdown nodes that HTML is made of out.
import type { BlockContent, Nodes, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import type { Node } from 'unist';
import { lineOf, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';

export const SHEET = 'sheet';
/** Twelve lines, 11.5 mm apart, and their label fit a page in large print. */
const MOST_LINES = 12;
const MOST_ROWS = 14;
/** Narrower columns have no room for handwriting. */
const MOST_WRITTEN_COLUMNS = 5;
const STEPS = 11;
type Properties = Record<string, string | number | string[]>;

export function isSheet(node: Node | undefined): boolean {
  return node?.type === 'containerDirective' && (node as ContainerDirective).name === SHEET;
}

export function checkLines(node: LeafDirective, tell: Tell): void {
  const line = lineOf(node);
  const { n, fill } = node.attributes ?? {};
  if (fill != null) {
    if (n != null) tell(line, '“::lines” says both n and fill.', 'Keep one: {fill} takes the rest of the page.');
    if (fill !== '') tell(line, '“fill” takes no value.', 'Write {fill}.');
  } else if (Number(n) > MOST_LINES) {
    const hint = `Write {n=${MOST_LINES}} at most, or {fill} for the rest of the page.`;
    tell(line, `A box of ${n} lines is taller than a page can hold in large print.`, hint);
  } else if (!isNumber(n, 1, MOST_LINES)) {
    const hint = `Write {n=3}, 1 to ${MOST_LINES}, or {fill} for the rest of the page.`;
    tell(line, '“::lines” does not say how many lines.', hint);
  }
  if (textOf(node).trim() === '') tell(line, '“::lines” has no label.', 'Write ::lines[What to write here]{n=3}.');
}

export function checkScale(node: LeafDirective, tell: Tell): void {
  const line = lineOf(node);
  const form = '::scale[How strong was it?]{from="Not at all" to="As strong as it can be"}';
  if (textOf(node).trim() === '') tell(line, '“::scale” asks nothing.', `Write ${form}.`);
  for (const end of ['from', 'to']) {
    const words = node.attributes?.[end];
    if (!words?.trim()) tell(line, `“::scale” has no words for its end “${end}”.`, `Write ${form}.`);
    else if (words.includes('{{')) tell(line, 'The ends of a scale can’t hold a field.', `Write ${form}.`);
  }
}

export function checkPlan(node: LeafDirective, parent: Node | undefined, tell: Tell): void {
  if (parent?.type === 'containerDirective')
    tell(lineOf(node), '“::plan” is a box of its own.', 'Close the box above it with ::: first.');
  if (textOf(node).trim() !== '')
    tell(lineOf(node), '“::plan” takes no […].', 'Write ::plan{}; it brings its own words.');
}

export function checkSheet(node: ContainerDirective, tell: Tell): void {
  const line = lineOf(node);
  const table = tableIn(node);
  if (table === null) {
    const hint = 'Write | What | When |, | --- | --- | and the rows it begins with; a box round it has four colons.';
    tell(line, '“:::sheet” holds one table and nothing else.', hint);
    return;
  }
  const { rows } = node.attributes ?? {};
  if (rows != null && !isNumber(rows, 0, MOST_ROWS))
    tell(line, `“rows=${rows}” is not a number of rows.`, `Write {rows=4}, 0 to ${MOST_ROWS} empty rows.`);
  const [head, ...given] = table.children;
  const columns = head?.children.length ?? 0;
  if (columns > MOST_WRITTEN_COLUMNS) {
    const hint = `At most ${MOST_WRITTEN_COLUMNS} leave room to write; make two tables of it.`;
    tell(lineOf(table), `This table has ${columns} columns and is wider than the page.`, hint);
  }
  const hasRoom = Number(rows) > 0 || given.some((row) => row.children.some((cell) => textOf(cell).trim() === ''));
  if (!hasRoom) tell(line, 'There is nothing to fill in.', 'Write {rows=4}, or leave cells of the table empty.');
}

function isNumber(text: string | null | undefined, least: number, most: number): boolean {
  return /^\d{1,2}$/u.test(text ?? '') && Number(text) >= least && Number(text) <= most;
}

function tableIn({ children }: ContainerDirective): Table | null {
  const [table, ...others] = children;
  return table?.type === 'table' && others.length === 0 ? table : null;
}

/** Lines to write on: how many, or the rest of the page. */
export function linesOf({ children, attributes, position }: LeafDirective): RootContent {
  const size = attributes?.fill == null ? { dataCount: attributes?.n ?? '' } : { dataFill: '' };
  return { ...element('div', children, { className: ['lines'], ...size }), ...(position && { position }) };
}

/** 0 to 10 as a list, so that HTML says the numbers and the words at the ends by itself. */
export function scaleOf({ children, attributes, position }: LeafDirective): RootContent {
  const steps = Array.from({ length: STEPS }, (_, value) => {
    const words = value === 0 ? attributes?.from : value === STEPS - 1 ? attributes?.to : '';
    return element('li', words ? [{ type: 'text', value: words }] : [], { value });
  });
  const parts = [element('p', children), element('ol', steps, { className: ['scale'] })];
  return { ...element('div', parts, { className: ['scale'] }), ...(position && { position }) };
}

/** The words are those of the handout's language, put in when it is merged. */
export function planOf({ position }: LeafDirective): RootContent {
  const words = (name: string): PhrasingContent[] => [{ type: 'text', value: `{{words.${name}}}` }];
  const lines = (name: string, count: number) =>
    element('div', words(name), { className: ['lines', 'beside'], dataCount: count });
  const parts = [element('h3', words('thisWeek')), lines('what', 2), lines('when', 1), lines('obstacle', 2)];
  return { ...element('aside', parts, { className: ['plan'] }), ...(position && { position }) };
}

/** The table of a sheet, with its empty rows. */
export function sheetOf(node: ContainerDirective): BlockContent {
  const table = tableIn(node)!;
  const columns = table.children[0]?.children.length ?? 0;
  const empty = (): TableRow => ({
    type: 'tableRow',
    children: Array.from({ length: columns }, () => ({ type: 'tableCell', children: [] })),
  });
  const rows = Array.from({ length: Number(node.attributes?.rows ?? 0) }, empty);
  return {
    ...table,
    align: null,
    children: [...table.children, ...rows],
    data: { hProperties: { className: ['sheet'] } },
  };
}

/** Markdown has no node for these elements; a paragraph takes any children, and so its name is changed. */
function element(hName: string, children: readonly Nodes[], hProperties: Properties = {}): Paragraph {
  return { type: 'paragraph', children: children as PhrasingContent[], data: { hName, hProperties } };
}
