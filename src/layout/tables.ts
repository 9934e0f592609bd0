// A table in, a strip for every row with its tags out.
import type { Block, Inline } from '../merge/block.ts';
import { type Column, columnsOf } from './columns.ts';
import type { Leaf, Mark, Strip, Tag } from './page.ts';
import { type Composed, type Frame, type Setting, setText, shifted } from './text.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** A head higher than this share of the page is not said again. */
const HIGHEST_HEAD = 0.2;
/** A row higher than this share of the page may have to be cut. */
const HIGHEST_ROW = 0.4;

export interface Cell {
  inlines: readonly Inline[];
  heads?: 'Column' | 'Row';
  /** What stands in it besides its words, and what that is in the structure: a field. */
  marks: readonly Mark[];
  tags: readonly Tag[];
}

export interface Row {
  strips: Strip[];
  tag: Tag;
}

/**
 * No row that fits a page is cut, nor is a table that does; a longer one goes over the page with two rows at least, and
 * its head stands above the rest again. Rules between rows, none between columns.
 */
export function setTable({ caption, head, rows }: Table, frame: Frame, setting: Setting): Composed {
  const columns = columnsOf([head, ...rows], frame, setting);
  const cell = (inlines: readonly Inline[] = []): Cell => ({ inlines, marks: [], tags: [] });
  const across = columns.map((_, index) => index);
  const headRow = setRow(headCells(head), columns, 0, frame, setting);
  const bodyRows = rows.map((row) =>
    setRow(
      across.map((index) => cell(row[index])),
      columns,
      0,
      frame,
      setting,
    ),
  );
  return assembled(caption, headRow, bodyRows, frame, setting);
}

export function headCells(head: Table['head']): Cell[] {
  return head.map((inlines) => ({ inlines, heads: 'Column', marks: [], tags: [] }));
}

export function assembled(
  caption: Table['caption'],
  headRow: Row,
  rows: readonly Row[],
  frame: Frame,
  setting: Setting,
): Composed {
  const table: Tag = { kind: 'tag', type: 'Table', kids: [] };
  const title = caption.length === 0 ? null : setText(caption, setting.theme.subheading, frame, setting);
  if (title !== null) table.kids.push({ kind: 'tag', type: 'Caption', kids: title.kids });
  table.kids.push(
    { kind: 'tag', type: 'THead', kids: [headRow.tag] },
    { kind: 'tag', type: 'TBody', kids: rows.map(({ tag }) => tag) },
  );
  const above = [...(title?.strips ?? []), ...headRow.strips].map((strip): Strip => ({ ...strip, keep: 'always' }));
  const body = rows.flatMap(({ strips }, index) => kept(strips, index, rows.length));
  return { strips: [...above, ...repeating(body, headRow, setting)], tags: [table], headings: [] };
}

/** Where a table that fits a page is cut, two rows at least stand at either side. */
function kept(strips: readonly Strip[], row: number, rows: number): Strip[] {
  const end = row === rows - 1 ? 'no' : row === rows - 2 ? 'always' : row === 0 ? 'if-it-fits' : 'rather';
  return strips.map((strip, index) => ({ ...strip, keep: index < strips.length - 1 ? 'always' : end }));
}

/** Where a page begins within a table its head stands there again, as decoration: it was read before. */
function repeating(body: readonly Strip[], { strips }: Row, { theme }: Setting): Strip[] {
  const [head] = strips;
  if (strips.length !== 1 || head === undefined || head.height > theme.page.height * HIGHEST_HEAD) return [...body];
  const marks = head.marks.map((mark): Mark => (mark.kind === 'text' ? { ...mark, leaf: null } : mark));
  const again: Strip = { ...head, marks: marks.filter(({ kind }) => kind !== 'link') };
  return body.map((strip, index) => (index === 0 ? strip : { ...strip, head: again }));
}

/** A row at least `least` high. One so high that it may fit no page has a strip for every line. */
export function setRow(
  cells: readonly Cell[],
  columns: readonly Column[],
  least: number,
  frame: Frame,
  setting: Setting,
): Row {
  const { theme } = setting;
  const tag: Tag = { kind: 'tag', type: 'TR', kids: [] };
  const lines: Mark[][] = [];
  columns.forEach(({ x, width }, index) => {
    const { inlines, heads, tags } = cells[index]!;
    const style = heads === undefined ? theme.body : { ...theme.body, face: 'bold' as const };
    const { strips, kids } = setText(inlines, style, { ...frame, x, width }, setting);
    tag.kids.push(cellTag([...kids, ...tags], heads));
    strips.forEach((strip, line) => {
      lines[line] = [...(lines[line] ?? []), ...strip.marks];
    });
  });
  const strips = lineStrips(lines, least, frame, setting);
  const first = strips[0]!;
  strips[0] = { ...first, marks: [...cells.flatMap(({ marks }) => marks), ...first.marks] };
  const last = strips.at(-1)!;
  const isHead = cells.every(({ heads }) => heads === 'Column');
  strips[strips.length - 1] = { ...last, marks: [...last.marks, ruleBelow(last.height, isHead, frame)] };
  return { strips, tag };
}

function lineStrips(lines: readonly Mark[][], least: number, { panel }: Frame, { theme }: Setting): Strip[] {
  const air = theme.space.item;
  const { leading } = theme.body;
  const height = Math.max(least, lines.length * leading + 2 * air);
  if (height <= theme.page.height * HIGHEST_ROW) {
    const marks = lines.flatMap((line, index) => line.map((mark) => shifted(mark, air + index * leading)));
    return [{ height, gap: 0, keep: 'no', marks, panel }];
  }
  return lines.map((line, index): Strip => {
    const above = index === 0 ? air : 0;
    const below = index === lines.length - 1 ? air : 0;
    const marks = line.map((mark) => shifted(mark, above));
    return { height: above + leading + below, gap: 0, keep: 'always', marks, panel };
  });
}

function ruleBelow(y: number, isHead: boolean, { x, width }: Frame): Mark {
  const look = isHead ? ({ thickness: 1.2, colour: 'accent' } as const) : ({ thickness: 0.5, colour: 'rule' } as const);
  return { kind: 'line', x, y, x2: x + width, y2: y, ...look };
}

function cellTag(kids: (Tag | Leaf)[], heads: Cell['heads']): Tag {
  return heads === undefined ? { kind: 'tag', type: 'TD', kids } : { kind: 'tag', type: 'TH', kids, scope: heads };
}
