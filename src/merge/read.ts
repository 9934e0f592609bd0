// Merged HTML in, blocks out. Entities are decoded here; an element or class outside our vocabulary is refused.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { HandoutError } from '../errors.ts';
import type { Base, Block, BoxStyle, Drawing, Inline, ParagraphStyle } from './block.ts';

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;
/** The drawings of an article, by the name its figures have. */
export type Drawings = ReadonlyMap<string, Drawing>;
type Context = { personal: boolean; source: string | undefined; drawings: Drawings };
/** A block before it is known where it comes from. */
type Without<K extends Block['kind']> = Omit<Kind<K>, 'personal'>;

const PARAGRAPH_STYLES = new Set(['body', 'for', 'message', 'small', 'number', 'signature']);
const BOX_STYLES = new Set(['message', 'callout', 'caution', 'note', 'try', 'plan', 'help']);
const SKIPPED = /^[ \t\r\n\f]*$/u;

/** Reads a document or a fragment. Throws `template-broken` with the element and where it came from. */
export function readBlocks(html: string, drawings: Drawings = new Map()): Block[] {
  const nodes = parseDocument(html, { decodeEntities: true }).children;
  return blocksOf(nodes, { personal: false, source: undefined, drawings });
}

function blocksOf(nodes: readonly ChildNode[], context: Context): Block[] {
  return nodes.flatMap((node) => {
    if (!isTag(node)) return refuseText(node, context);
    const block = blockOf(node, context);
    return isEmpty(block) ? [] : [block];
  });
}

/** An article's line that speaks of the client may be empty where there is none. */
function isEmpty(block: Block): boolean {
  return block.kind === 'paragraph' && block.inlines.length === 0;
}

function refuseText(node: ChildNode, context: Context): [] {
  if (isText(node) && !SKIPPED.test(node.data)) throw broken('text outside a paragraph', context);
  return [];
}

function blockOf(element: Element, outer: Context): Block {
  const { attribs } = element;
  const context = contextIn(attribs, outer);
  const base: Base = { personal: context.personal };
  if (context.source !== undefined) base.source = context.source;
  if (attribs.lang !== undefined) base.lang = attribs.lang;
  if (attribs.dir === 'rtl' || attribs.dir === 'ltr' || attribs.dir === 'auto') base.dir = attribs.dir;
  switch (element.name) {
    case 'header':
      return { ...base, ...mastheadOf(element, context) };
    case 'h1':
    case 'h2':
    case 'h3':
      return {
        ...base,
        kind: 'heading',
        level: Number(element.name[1]) as 1 | 2 | 3,
        inlines: inlinesOf(element, context),
      };
    case 'p':
      return {
        ...base,
        kind: 'paragraph',
        style: styleOf(element, PARAGRAPH_STYLES, 'body', context) as ParagraphStyle,
        inlines: inlinesOf(element, context),
      };
    case 'ul':
    case 'ol':
      return { ...base, ...listOf(element, context) };
    case 'aside':
      return {
        ...base,
        kind: 'box',
        style: styleOf(element, BOX_STYLES, '', context) as BoxStyle,
        blocks: blocksOf(element.children, context),
      };
    case 'section':
      return { ...base, ...sectionOf(element, context) };
    case 'table':
      return { ...base, ...tableOf(element, context) };
    case 'figure':
      return { ...base, ...figureOf(element, context) };
    case 'div':
      return { ...base, ...writingOf(element, context) };
    default:
      throw broken(`<${element.name}>`, context);
  }
}

/** What holds for an element and all that is in it. */
function contextIn(attribs: Element['attribs'], outer: Context): Context {
  const personal = outer.personal || 'data-personal' in attribs;
  const source = attribs['data-source'] ?? outer.source;
  return personal === outer.personal && source === outer.source ? outer : { ...outer, personal, source };
}

function mastheadOf(element: Element, context: Context): Without<'masthead'> {
  const parts = only(/^(img|p)$/u, element, context);
  const image = parts.find(({ name }) => name === 'img');
  const line = (style: string) => parts.find(({ attribs }) => attribs.class === style);
  const words = (style: string) => (line(style) === undefined ? [] : inlinesOf(line(style)!, context));
  const logo = image === undefined ? null : { image: image.attribs.src ?? '', alt: image.attribs.alt ?? '' };
  return { kind: 'masthead', logo, name: words('practice'), contact: words('contact') };
}

function sectionOf(element: Element, context: Context): Without<'section'> {
  const [first, ...rest] = elements(element, context);
  if (first === undefined || first.name !== 'h2') throw broken('a section without <h2>', context);
  return {
    kind: 'section',
    id: element.attribs.id ?? '',
    heading: inlinesOf(first, context),
    blocks: blocksOf(rest, context),
  };
}

function listOf(element: Element, context: Context): Without<'list'> {
  const style = styleOf(element, new Set(['', 'check', 'small']), '', context);
  const items = only(/^li$/u, element, context).map((item) =>
    itemBlocks(item, style === 'small' ? 'small' : 'body', context),
  );
  return { kind: 'list', marker: style === 'check' ? 'check' : element.name === 'ol' ? 'number' : 'bullet', items };
}

/** An item's own text becomes its first paragraph; blocks in it stay blocks. */
function itemBlocks(item: Element, style: ParagraphStyle, context: Context): Block[] {
  const isBlock = (node: ChildNode) => isTag(node) && /^(p|ul|ol|table|figure|div)$/u.test(node.name);
  const at = item.children.findIndex(isBlock);
  const words = at === -1 ? item.children : item.children.slice(0, at);
  const inlines = collapse(inlinesFrom(words, {}, context));
  const { personal, source } = context;
  const base = source === undefined ? { personal } : { personal, source };
  const text: Block[] = inlines.length === 0 ? [] : [{ ...base, kind: 'paragraph', style, inlines }];
  return [...text, ...(at === -1 ? [] : blocksOf(item.children.slice(at), context))];
}

function tableOf(element: Element, context: Context): Without<'table'> {
  const parts = only(/^(caption|thead|tbody)$/u, element, context);
  const caption = parts.find(({ name }) => name === 'caption');
  const rows = parts.filter((part) => part !== caption).flatMap((part) => only(/^tr$/u, part, context));
  const cells = rows.map((row) => only(/^t[hd]$/u, row, context).map((cell) => inlinesOf(cell, context)));
  return {
    kind: 'table',
    sheet: styleOf(element, new Set(['', 'sheet']), '', context) === 'sheet',
    caption: caption === undefined ? [] : inlinesOf(caption, context),
    head: cells[0] ?? [],
    rows: cells.slice(1),
  };
}

/** Lines to write on, or a scale. */
function writingOf(element: Element, context: Context): Without<'lines'> | Without<'scale'> {
  const style = styleOf(element, new Set(['lines', 'lines beside', 'scale']), '', context);
  if (style === 'scale') return scaleOf(element, context);
  const { 'data-fill': fill, 'data-count': count = 3 } = element.attribs;
  return {
    kind: 'lines',
    count: fill === undefined ? Number(count) : 'fill',
    beside: style === 'lines beside',
    label: inlinesOf(element, context),
  };
}

/** What it asks, then its steps, the first and the last with their words. */
function scaleOf(element: Element, context: Context): Without<'scale'> {
  const [label, list] = only(/^(p|ol)$/u, element, context);
  const steps = list === undefined ? [] : only(/^li$/u, list, context);
  if (label === undefined || steps.length !== 11) throw broken('a scale that does not go from 0 to 10', context);
  const [from, to] = [steps[0]!, steps[10]!].map((step) => inlinesOf(step, context));
  return { kind: 'scale', label: inlinesOf(label, context), from: from!, to: to! };
}

function figureOf(element: Element, context: Context): Without<'figure'> {
  const parts = only(/^(img|figcaption)$/u, element, context);
  const image = parts.find(({ name }) => name === 'img');
  const caption = parts.find(({ name }) => name === 'figcaption');
  if (image === undefined) throw broken('a figure without <img>', context);
  const { src = '', alt = '' } = image.attribs;
  return {
    kind: 'figure',
    image: src,
    drawing: context.drawings.get(src) ?? null,
    alt,
    caption: caption === undefined ? [] : inlinesOf(caption, context),
    beside: styleOf(element, new Set(['', 'code']), '', context) === 'code',
  };
}

type Look = Omit<Inline, 'text'>;

function inlinesOf(element: Element, context: Context): Inline[] {
  return collapse(inlinesFrom(element.children, {}, context));
}

function inlinesFrom(nodes: readonly ChildNode[], look: Look, context: Context): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (isText(node)) return [{ ...look, text: node.data }];
    if (!isTag(node)) return [];
    const { lang } = node.attribs;
    const own: Look = lang === undefined ? look : { ...look, lang };
    switch (node.name) {
      case 'strong':
        return inlinesFrom(node.children, { ...own, bold: true }, context);
      case 'em':
        return inlinesFrom(node.children, { ...own, italic: true }, context);
      case 'bdi':
        return isolated(inlinesFrom(node.children, own, context));
      case 'span':
        return inlinesFrom(node.children, own, context);
      case 'a':
        return inlinesFrom(node.children, { ...own, link: node.attribs.href ?? '' }, context);
      case 'br':
        return [{ ...look, text: '', breakAfter: true }];
      default:
        throw broken(`<${node.name}> in a line of text`, context);
    }
  });
}

/** Text whose direction does not reach beyond it, such as a name: between FSI and PDI (UAX 9, 2.4), as HTML's bdi. */
function isolated(inlines: readonly Inline[]): Inline[] {
  const last = inlines.length - 1;
  return inlines.map((inline, index) => {
    return { ...inline, text: `${index === 0 ? '\u2068' : ''}${inline.text}${index === last ? '\u2069' : ''}` };
  });
}

/** White space as HTML has it: runs become one space, none at the ends or at a break. NBSP is kept. */
function collapse(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let atStart = true;
  for (const inline of inlines) {
    let text = inline.text.replace(/[ \t\r\n\f]+/gu, ' ');
    if (atStart) text = text.replace(/^ /u, '');
    if (inline.breakAfter) {
      trimEnd(out);
      const last = out.at(-1);
      if (last !== undefined) out[out.length - 1] = { ...last, breakAfter: true };
      atStart = true;
      continue;
    }
    if (text === '') continue;
    out.push({ ...inline, text });
    atStart = text.endsWith(' ');
  }
  trimEnd(out);
  return out;
}

function trimEnd(out: Inline[]): void {
  const last = out.at(-1);
  if (last === undefined || !last.text.endsWith(' ')) return;
  const text = last.text.slice(0, -1);
  if (text === '') out.pop();
  else out[out.length - 1] = { ...last, text };
}

function styleOf(element: Element, known: ReadonlySet<string>, otherwise: string, context: Context): string {
  const style = element.attribs.class ?? otherwise;
  if (!known.has(style)) throw broken(`<${element.name} class="${style}">`, context);
  return style;
}

function elements(element: Element, context: Context): Element[] {
  return element.children.flatMap((node) => (isTag(node) ? [node] : refuseText(node, context)));
}

/** The elements in one that may hold only these. */
function only(names: RegExp, element: Element, context: Context): Element[] {
  const inside = elements(element, context);
  const wrong = inside.find(({ name }) => !names.test(name));
  if (wrong !== undefined) throw broken(`<${wrong.name}> in <${element.name}>`, context);
  return inside;
}

function broken(what: string, { source }: Context): HandoutError {
  const [, file = 'templates/handout.hbs', line = '1'] = /^(.*):(\d+)$/u.exec(source ?? '') ?? [];
  const message = `The page can’t set ${what}.`;
  return new HandoutError([
    {
      code: 'template-broken',
      message,
      hint: 'Use the elements and classes listed in the README.',
      place: { file, line: Number(line) },
    },
  ]);
}
