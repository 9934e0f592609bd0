// One top-level block as a galley: a block and a setting in, strips with tags out, not yet on any page.
import type { Block, BoxStyle, Inline } from '../merge/block.ts';
import { setList } from './blocks.ts';
import { setDotted } from './dotted.ts';
import { setFigure, setInMargin } from './figure.ts';
import { setMasthead } from './masthead.ts';
import type { Galley, Leaf, Mark, SetText, Strip, Tag } from './page.ts';
import { panelOf } from './panels.ts';
import { setScale } from './scale.ts';
import { setSheet } from './sheets.ts';
import { setTable } from './tables.ts';
import { type Composed, type Frame, mirroredStrip, type Setting, setText, shifted } from './text.ts';
import type { TextStyle, Theme } from './theme.ts';
import { setLines } from './writing.ts';

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;

/** Lays out one block by itself. The same block and setting always give the same galley. */
export function compose(block: Block, setting: Setting): Galley {
  const { x, width } = setting.theme.text;
  const { strips, tags, headings } = composeBlock(block, { x, width, panel: null }, setting);
  const upright =
    setting.dir === 'rtl' ? strips.map((strip) => mirroredStrip(strip, setting.theme.page.width)) : strips;
  return { strips: upright, tags, headings, personal: block.personal };
}

function composeBlock(block: Block, frame: Frame, setting: Setting): Composed {
  const composed = byKind(block, frame, setting);
  if (block.lang !== undefined) for (const tag of composed.tags) tag.lang ??= block.lang;
  return composed;
}

function byKind(block: Block, frame: Frame, setting: Setting): Composed {
  switch (block.kind) {
    case 'masthead':
      return setMasthead(block, setting);
    case 'heading':
      return setHeading(block, frame, setting);
    case 'paragraph':
      if (block.style === 'for') return plain('P', setDotted(block.inlines, setting.theme.lead, frame, setting));
      return plain('P', setText(block.inlines, paragraphStyle(block.style, setting.theme), frame, setting, block.dir));
    case 'section':
      return setSection(block, frame, setting);
    case 'box':
      return setBox(block, frame, setting);
    case 'list':
      return setList(block, frame, setting, stack);
    case 'table':
      return block.sheet ? setSheet(block, frame, setting) : setTable(block, frame, setting);
    case 'figure':
      return setFigure(block, frame, setting);
    case 'lines':
      return setLines(block, frame, setting);
    case 'scale':
      return setScale(block, frame, setting);
  }
}

/** Blocks one under the other, with the space between them that their kinds ask for. */
function stack(blocks: readonly Block[], frame: Frame, setting: Setting): Composed {
  const out: Composed = { strips: [], tags: [], headings: [] };
  blocks.forEach((block, index) => {
    const part = composeBlock(block, frame, setting);
    const before = blocks[index - 1];
    const [first] = part.strips;
    if (before !== undefined && first !== undefined) {
      part.strips[0] = { ...first, gap: first.gap + spaceBetween(before, block, setting.theme) };
    }
    out.headings.push(...part.headings.map((heading) => ({ ...heading, strip: heading.strip + out.strips.length })));
    out.strips.push(...among(part.strips, blocks, index));
    out.tags.push(...part.tags);
  });
  return out;
}

/** A paragraph of so few lines before a table or a picture says what it is about. */
const LEAD_LINES = 3;

function among(strips: readonly Strip[], blocks: readonly Block[], index: number): readonly Strip[] {
  const { kind } = blocks[index]!;
  if (kind === 'paragraph') return leading(strips, blocks[index + 1], index === 0);
  if (kind === 'figure' && strips[0]?.panel === null) return strips.map((strip) => ({ ...strip, floats: true }));
  return strips;
}

/** A picture may head the next page where it would else leave much of this one empty; a table can be cut instead. */
function leading(strips: readonly Strip[], next: Block | undefined, first: boolean): readonly Strip[] {
  if ((next?.kind !== 'table' && next?.kind !== 'figure') || strips.length > LEAD_LINES) return strips;
  const last = strips.length - 1;
  // A heading with one line below it is not left at the foot of a page.
  const end = next.kind === 'figure' && !(first && last === 0) ? 'rather' : 'always';
  return strips.map((strip, index): Strip => ({ ...strip, keep: index === last ? end : 'always' }));
}

function spaceBetween(before: Block, block: Block, { space }: Theme): number {
  if (before.kind === 'heading') return space.paragraph / 4;
  if (block.kind === 'heading') return space.paragraph * 1.5;
  if (before.kind === 'figure' || block.kind === 'figure') return space.paragraph * 1.5;
  if (before.kind === 'lines' || before.kind === 'scale' || before.kind === 'box') return space.paragraph * 1.5;
  if (before.kind === 'paragraph' && block.kind === 'list') return space.item;
  if (before.kind === 'paragraph' && before.style === 'number') return 0;
  return space.paragraph;
}

/** The space above a top-level block. */
export function spaceAbove(block: Block, { space }: Theme): number {
  if (block.kind === 'section') return block.id === 'sources' ? space.section * 0.65 : space.section;
  if (block.kind === 'masthead') return 0;
  if (block.kind === 'heading') return space.section;
  if (block.kind === 'paragraph' && block.style === 'for') return space.title;
  return space.section - space.paragraph / 2;
}

function plain(type: Tag['type'], { strips, kids }: { strips: Strip[]; kids: (Tag | Leaf)[] }): Composed {
  return { strips, tags: [{ kind: 'tag', type, kids }], headings: [] };
}

function setHeading({ level, inlines }: Kind<'heading'>, frame: Frame, setting: Setting): Composed {
  const { theme } = setting;
  const style = level === 1 ? theme.title : level === 2 ? theme.heading : theme.subheading;
  const { strips, kids } = setText(inlines, style, frame, setting);
  const type = level === 1 ? 'H1' : level === 2 ? 'H2' : 'H3';
  return {
    strips: strips.map((strip) => ({ ...strip, keep: 'always' })),
    tags: [{ kind: 'tag', type, kids }],
    headings: [{ level, text: textOf(inlines), strip: 0 }],
  };
}

function paragraphStyle(style: Kind<'paragraph'>['style'], theme: Theme): TextStyle {
  switch (style) {
    case 'for':
      return theme.lead;
    case 'message':
      return theme.message;
    case 'small':
      return theme.small;
    case 'number':
      return theme.number;
    case 'signature':
      return { ...theme.body, colour: 'quiet' };
    case 'body':
      return theme.body;
  }
}

/** A section: its heading, and a figure that stands beside its words, hang in the margin column, level with its first line, or stands above in one column. */
function setSection({ heading, blocks, id }: Kind<'section'>, frame: Frame, setting: Setting): Composed {
  const { theme } = setting;
  const hangs = theme.margin.width > 0;
  const column = hangs ? { ...frame, x: theme.margin.x, width: theme.margin.width } : frame;
  const style = id === 'sources' && hangs ? { ...theme.small, face: 'bold' as const } : theme.heading;
  const title = id.startsWith('slot-')
    ? houseTitle(heading, style, column, setting)
    : setText(heading, style, column, setting);
  const margin = blocks.map((block) => (hangs && block.kind === 'figure' && block.beside ? block : null));
  const body = stack(
    blocks.filter((_, index) => margin[index] === null),
    frame,
    setting,
  );
  if (heightOf(body.strips) < theme.shortSection) body.strips = body.strips.map(short);
  const beside = margin.flatMap((figure) => (figure === null ? [] : [setInMargin(figure, column, setting)]));
  const h2: Tag = { kind: 'tag', type: 'H2', kids: title.kids };
  const tags: Tag[] = [
    { kind: 'tag', type: 'Sect', kids: [h2, ...body.tags, ...beside.flatMap((figure) => figure.tags)] },
  ];
  const own = { level: 2 as const, text: textOf(heading), strip: 0 };
  if (!hangs) {
    const above = title.strips.map((strip): Strip => ({ ...strip, keep: 'always' }));
    const [first, ...rest] = body.strips;
    const below = first === undefined ? [] : [{ ...first, gap: first.gap + theme.space.paragraph / 3 }, ...rest];
    const moved = body.headings.map((inner) => ({ ...inner, strip: inner.strip + above.length }));
    return { strips: [...above, ...below], tags, headings: [own, ...moved] };
  }
  const hung = [...title.strips, ...beside.flatMap(({ strips }) => strips)];
  return { strips: hang(hung, body.strips), tags, headings: [own, ...body.headings] };
}

/** The headings of the slots are ours, whatever is typed under them. */
function houseTitle(heading: readonly Inline[], style: TextStyle, frame: Frame, setting: Setting): SetText {
  const words = textOf(heading);
  const title = setting.titles?.get(words) ?? setText(heading, style, frame, setting);
  setting.titles?.set(words, title);
  return title;
}

/** What a heading hangs in where a section says nothing to this client. */
const NOTHING: Strip = { height: 0, gap: 0, keep: 'no', marks: [], panel: null };

/** What a heading stands level with. */
const LEADS = new Set<Mark['kind']>(['text', 'image', 'drawing']);

/** Puts the heading's marks into the first strip of the body and holds strips together until it has passed. */
function hang(title: readonly Strip[], body: readonly Strip[]): Strip[] {
  const lead = body.findIndex(({ marks }) => marks.some(({ kind }) => LEADS.has(kind)));
  let down = body.slice(0, Math.max(0, lead)).reduce((total, { gap, height }) => total + gap + height, 0);
  const marks: Mark[] = [];
  const lines = baselinesOf(body);
  for (const [index, strip] of title.entries()) {
    down += toBaseline(strip, down, lines, index === 0 ? 0.6 : 0.3);
    marks.push(...strip.marks.map((mark) => shifted(mark, down)));
    down += strip.height;
  }
  let passed = 0;
  const strips = body.map((strip, index): Strip => {
    passed += strip.height + (index === 0 ? 0 : strip.gap);
    return passed < down && index < body.length - 1 ? { ...strip, keep: 'always' } : strip;
  });
  const [first = NOTHING, ...rest] = strips;
  const out: Strip[] = [{ ...first, marks: [...marks, ...first.marks] }, ...rest];
  if (passed < down) out.push({ height: down - passed, gap: 0, keep: 'no', marks: [], panel: null });
  if (out.length > 1 && passed < down) out[out.length - 2] = { ...out[out.length - 2]!, keep: 'always' };
  return out;
}

/** The first baseline of every strip that has words. */
function baselinesOf(strips: readonly Strip[]): number[] {
  let top = 0;
  return strips.flatMap(({ gap, height, marks }, index) => {
    top += index === 0 ? 0 : gap;
    const words = marks.find(({ kind }) => kind === 'text');
    const here = words === undefined ? [] : [top + words.y];
    top += height;
    return here;
  });
}

/** How much further down a heading's line has to stand to share a baseline with the text beside it, if one is as near. */
function toBaseline({ marks, height }: Strip, down: number, baselines: readonly number[], share: number): number {
  const own = down + (marks.find(({ kind }) => kind === 'text')?.y ?? 0);
  const next = baselines.find((baseline) => baseline >= own - 0.01);
  return next !== undefined && next - own < height * share ? next - own : 0;
}

/** So many that moved whole they would leave much of a page empty. */
const MANY_WORDS = 0.4;

/** A panel reaches out of the column on both sides, so that its text keeps the text edge. */
function setBox({ style, blocks, dir }: Kind<'box'>, frame: Frame, setting: Setting): Composed {
  const panel = panelOf(style, frame, setting);
  const directed = dir === undefined ? blocks : blocks.map((block) => ({ ...block, dir: block.dir ?? dir }));
  const body = stack(directed, { ...frame, panel }, setting);
  const air: Strip = { height: panel.air, gap: 0, keep: 'always', marks: [], panel };
  const last = body.strips.length - 1;
  const { page, space } = setting.theme;
  const few = heightOf(body.strips) < page.height * MANY_WORDS;
  const kept = body.strips.map((strip, index, all): Strip => {
    if (index === last) return { ...strip, keep: 'always' };
    if (strip.keep === 'always') return strip;
    return { ...strip, keep: bondIn(style, few, all[index + 1]!.gap >= space.paragraph) };
  });
  return {
    strips: [air, ...kept, { ...air, keep: 'no' }],
    tags: [{ kind: 'tag', type: 'Div', kids: body.tags }],
    headings: body.headings.map((heading) => ({ ...heading, strip: heading.strip + 1 })),
  };
}

/**
 * Words in a box are one thing, and so is a list to tick; between its questions a box to write on can be parted. A note is
 * a letter, and goes over the page as letters do.
 */
function bondIn(style: BoxStyle, few: boolean, ends: boolean): Strip['keep'] {
  if (style === 'note') return few ? 'rather' : 'no';
  return few && !(ends && (style === 'try' || style === 'plan')) ? 'always' : 'if-it-fits';
}

/** Rather not cut; the number to call may stay with its last words alone. */
function short(strip: Strip, index: number, strips: readonly Strip[]): Strip {
  return strip.keep === 'no' && index < strips.length - 1 ? { ...strip, keep: 'rather' } : strip;
}

function heightOf(strips: readonly Strip[]): number {
  return strips.reduce((total, { gap, height }) => total + gap + height, 0);
}

export function textOf(inlines: readonly Inline[]): string {
  return inlines.map(({ text }) => text).join('');
}
