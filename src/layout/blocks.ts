// The blocks with parts: lists, tables, figures and writing lines in, strips and tags out.
import type { Block, Inline } from '../merge/block.ts';
import { type Column, columnsOf } from './columns.ts';
import { levelsOf } from './direction.ts';
import type { Leaf, Mark, Strip, Tag } from './page.ts';
import { type Composed, type Frame, mirrored, type Setting, setText, shifted } from './text.ts';

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;
type Stack = (blocks: readonly Block[], frame: Frame, setting: Setting) => Composed;

/** A list that runs against the page is set as on a page of its own direction, and mirrored within its frame. */
export function setList(list: Kind<'list'>, frame: Frame, setting: Setting, stack: Stack): Composed {
  const dir = list.dir === 'auto' ? levelsOf(wordsIn(list), 'auto').base : (list.dir ?? setting.dir);
  if (dir === setting.dir) return setItems(list, frame, setting, stack);
  const { strips, ...rest } = setItems(list, frame, { ...setting, dir }, stack);
  const around = 2 * frame.x + frame.width;
  return {
    ...rest,
    strips: strips.map((strip) => ({ ...strip, marks: strip.marks.map((one) => mirrored(one, around)) })),
  };
}

function wordsIn({ items }: Kind<'list'>): string {
  return items
    .flatMap((blocks) => blocks.map((block) => (block.kind === 'paragraph' ? words(block.inlines) : '')))
    .join(' ');
}

/** Bullets hang outside the text edge; in a panel or another list, and boxes to tick, they stand inside it. */
function setItems({ marker, items }: Kind<'list'>, frame: Frame, setting: Setting, stack: Stack): Composed {
  const { theme } = setting;
  const hangs = frame.panel === null && !frame.inList && marker !== 'check';
  const indent = hangs ? 0 : marker === 'check' ? theme.tickBox + theme.padding * 0.7 : theme.indent;
  const inner: Frame = { ...frame, x: frame.x + indent, width: frame.width - indent, inList: true };
  const list: Tag = {
    kind: 'tag',
    type: 'L',
    kids: [],
    numbering: marker === 'number' ? 'Decimal' : marker === 'bullet' ? 'Disc' : 'None',
  };
  const strips: Strip[] = [];
  items.forEach((blocks, index) => {
    const small = blocks[0]?.kind === 'paragraph' && blocks[0].style === 'small';
    const body = stack(blocks, inner, setting);
    const label: Leaf = { kind: 'leaf' };
    const at = inner.x - theme.indent;
    const marks =
      marker === 'check'
        ? [tickBox(frame.x, setting)]
        : labelMarks(marker === 'number' ? `${index + 1}.` : '•', at, label, small, setting);
    const lbl: Tag[] = marker === 'check' ? [] : [{ kind: 'tag', type: 'Lbl', kids: [label] }];
    list.kids.push({ kind: 'tag', type: 'LI', kids: [...lbl, { kind: 'tag', type: 'LBody', kids: body.tags }] });
    const [first, ...rest] = body.strips;
    if (first === undefined) return;
    const gap = index === 0 ? 0 : small ? theme.space.item / 2 : theme.space.item;
    strips.push({ ...first, gap, marks: [...marks, ...first.marks] }, ...rest);
  });
  return { strips, tags: [list], headings: [] };
}

/** A bullet or number set back from the text by the indent; a wide number reaches further out, never into the text. */
function labelMarks(text: string, x: number, leaf: Leaf, small: boolean, setting: Setting): Mark[] {
  const { theme, measure } = setting;
  const style = small ? theme.small : theme.body;
  const width = measure.width(text, 'regular', style.size);
  const start = text === '•' ? x + theme.indent * 0.15 : Math.min(x, x + theme.indent - width - 3);
  const { strips } = setText([{ text }], style, { x: start, width: 2 * width, panel: null }, setting);
  return strips.flatMap(({ marks }) => marks.map((mark) => (mark.kind === 'text' ? { ...mark, leaf } : mark)));
}

function tickBox(x: number, { theme }: Setting): Mark {
  const side = theme.tickBox;
  return {
    kind: 'rect',
    x,
    y: (theme.body.leading - side) / 2,
    width: side,
    height: side,
    fill: null,
    stroke: 'ink',
    thickness: 0.9,
    radius: 1.5,
  };
}

/**
 * A row is never cut, nor is a table that fits a page; a longer one goes over the page with two rows at least. Rules
 * between rows, none between columns.
 */
export function setTable({ caption, head, rows }: Kind<'table'>, frame: Frame, setting: Setting): Composed {
  const columns = columnsOf([head, ...rows], frame, setting);
  const table: Tag = { kind: 'tag', type: 'Table', kids: [] };
  const title = caption.length === 0 ? null : setText(caption, setting.theme.subheading, frame, setting);
  if (title !== null) table.kids.push({ kind: 'tag', type: 'Caption', kids: title.kids });
  const headRow = setRow(head, 'TH', columns, frame, setting);
  const bodyRows = rows.map((row) => setRow(row, 'TD', columns, frame, setting));
  table.kids.push(
    { kind: 'tag', type: 'THead', kids: [headRow.tag] },
    { kind: 'tag', type: 'TBody', kids: bodyRows.map(({ tag }) => tag) },
  );
  const above = (title?.strips ?? []).map((strip): Strip => ({ ...strip, keep: 'always' }));
  const body = bodyRows.map(({ strip }, index): Strip => {
    const after = rows.length - 1 - index;
    return { ...strip, keep: after === 0 ? 'no' : after === 1 ? 'always' : 'if-it-fits' };
  });
  return {
    strips: [...above, { ...headRow.strip, keep: 'always' }, ...body],
    tags: [table],
    headings: [],
  };
}

function setRow(
  cells: readonly (readonly Inline[])[],
  type: 'TH' | 'TD',
  columns: readonly Column[],
  frame: Frame,
  setting: Setting,
): { strip: Strip; tag: Tag } {
  const { theme } = setting;
  const air = theme.space.item;
  const style = type === 'TH' ? { ...theme.body, face: 'bold' as const } : theme.body;
  const tag: Tag = { kind: 'tag', type: 'TR', kids: [] };
  const marks: Mark[] = [];
  let height = 0;
  columns.forEach(({ x, width }, index) => {
    const { strips, kids } = setText(cells[index] ?? [], style, { ...frame, x, width }, setting);
    tag.kids.push(type === 'TH' ? { kind: 'tag', type, kids, scope: 'Column' } : { kind: 'tag', type, kids });
    strips.forEach((strip, line) => {
      marks.push(...strip.marks.map((mark) => shifted(mark, air + line * style.leading)));
    });
    height = Math.max(height, strips.length * style.leading);
  });
  const bottom = height + 2 * air;
  const thickness = type === 'TH' ? 1.2 : 0.5;
  marks.push({
    kind: 'line',
    x: frame.x,
    y: bottom,
    x2: frame.x + frame.width,
    y2: bottom,
    thickness,
    colour: type === 'TH' ? 'accent' : 'rule',
  });
  return { strip: { height: bottom, gap: 0, keep: 'no', marks, panel: frame.panel }, tag };
}

/** Lines to write on, with room for handwriting above each; the label above them. */
export function setRules({ count, label }: Kind<'lines'>, frame: Frame, setting: Setting): Composed {
  const { theme } = setting;
  const above = label.length === 0 ? null : setText(label, theme.body, frame, setting);
  const y = theme.writing - 1;
  const rule: Mark = { kind: 'line', x: frame.x, y, x2: frame.x + frame.width, y2: y, thickness: 0.6, colour: 'quiet' };
  const rules = Array.from({ length: count }, (_, index): Strip => {
    const keep = index < count - 1 ? 'if-it-fits' : 'no';
    return { height: theme.writing, gap: 0, keep, marks: [rule], panel: frame.panel };
  });
  const words = (above?.strips ?? []).map((strip): Strip => ({ ...strip, keep: 'always' }));
  return {
    strips: [...words, ...rules],
    tags: above === null ? [] : [{ kind: 'tag', type: 'P', kids: above.kids }],
    headings: [],
  };
}

function words(inlines: readonly Inline[] | undefined): string {
  return (inlines ?? []).map(({ text }) => text).join('');
}
