// Lists in, strips and tags out.
import type { Block } from '../merge/block.ts';
import { levelsOf } from './direction.ts';
import { fieldMarks, wordsOf } from './fields.ts';
import type { Leaf, Mark, Strip, Tag } from './page.ts';
import { type Composed, type Frame, mirroredStrip, type Setting, setText } from './text.ts';

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;
type Stack = (blocks: readonly Block[], frame: Frame, setting: Setting) => Composed;

/** A list that runs against the page is set as on a page of its own direction, and mirrored within its frame. */
export function setList(list: Kind<'list'>, frame: Frame, setting: Setting, stack: Stack): Composed {
  const dir = list.dir === 'auto' ? levelsOf(wordsIn(list), 'auto').base : (list.dir ?? setting.dir);
  if (dir === setting.dir) return setItems(list, frame, setting, stack);
  const { strips, ...rest } = setItems(list, frame, { ...setting, dir }, stack);
  const around = 2 * frame.x + frame.width;
  return { ...rest, strips: strips.map((strip) => mirroredStrip(strip, around)) };
}

function wordsIn({ items }: Kind<'list'>): string {
  return items
    .flatMap((blocks) => blocks.map((block) => (block.kind === 'paragraph' ? wordsOf(block.inlines) : '')))
    .join(' ');
}

/** A list of more sources than these goes over the page, with two of them at least on either side. */
const MANY = 3;

const NUMBERING = { bullet: 'Disc', number: 'Decimal', check: 'Square' } as const;

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
    numbering: NUMBERING[marker],
  };
  const strips: Strip[] = [];
  items.forEach((blocks, index) => {
    const small = blocks[0]?.kind === 'paragraph' && blocks[0].style === 'small';
    const body = stack(blocks, inner, setting);
    const label: Leaf = { kind: 'leaf' };
    const at = inner.x - theme.indent;
    const { marks, kids } =
      marker === 'check'
        ? tickBox(frame.x, blocks, setting)
        : {
            marks: labelMarks(marker === 'number' ? `${index + 1}.` : '•', at, label, small, setting),
            kids: [label],
          };
    const lbl: Tag[] = kids.length === 0 ? [] : [{ kind: 'tag', type: 'Lbl', kids }];
    list.kids.push({ kind: 'tag', type: 'LI', kids: [...lbl, { kind: 'tag', type: 'LBody', kids: body.tags }] });
    const [first, ...rest] = body.strips;
    if (first === undefined) return;
    const gap = index === 0 ? 0 : small ? theme.space.item / 2 : theme.space.item;
    const own = [{ ...first, gap, marks: [...marks, ...first.marks] }, ...rest];
    const leavesOne = items.length > MANY && (index === 0 || index === items.length - 2);
    strips.push(...(small ? whole(own, leavesOne) : own));
  });
  return { strips, tags: [list], headings: [] };
}

/** A source is looked up, not read on from page to page. */
function whole(lines: readonly Strip[], leavesOne: boolean): Strip[] {
  return lines.map((strip, line) => (leavesOne || line < lines.length - 1 ? { ...strip, keep: 'always' } : strip));
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

/** A box for a pen; on screen one to tick. */
function tickBox(x: number, item: readonly Block[], setting: Setting): { marks: Mark[]; kids: Tag[] } {
  const { theme } = setting;
  const side = theme.tickBox;
  const box = { x, y: (theme.body.leading - side) / 2, width: side, height: side };
  const square: Mark = { ...box, kind: 'rect', fill: null, stroke: 'ink', thickness: 0.9, radius: 1.5 };
  const [first] = item;
  const label = first?.kind === 'paragraph' ? wordsOf(first.inlines) : '';
  const { marks, tags } = fieldMarks({ kind: 'tick', label }, box, setting);
  return { marks: [square, ...marks], kids: tags };
}
