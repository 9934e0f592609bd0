// Merged HTML in, blocks out. Entities are decoded here; an element or class outside our vocabulary is refused.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Block, BoxStyle, Drawing, ParagraphStyle } from './block.ts';
import { broken } from './broken.ts';
import { inlinesOf, inlinesOfAll } from './inlines.ts';

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;
/** The drawings of an article, by the name its figures have. */
export type Drawings = ReadonlyMap<string, Drawing>;
type Context = { personal: boolean; source: string | undefined; drawings: Drawings };

const PARAGRAPH_STYLES = new Set(['body', 'for', 'message', 'small', 'number', 'signature']);
const BOX_STYLES = new Set(['message', 'callout', 'caution', 'note', 'try', 'plan', 'help']);
const LIST_STYLES = new Set(['', 'check', 'small']);
const TABLE_STYLES = new Set(['', 'sheet']);
const FIGURE_STYLES = new Set(['', 'code']);
const WRITING_STYLES = new Set(['lines', 'lines beside', 'scale']);
const SKIPPED = /^[ \t\r\n\f]*$/u;

/** Reads a document or a fragment. Throws `template-broken` with the element and where it came from. */
export function readBlocks(html: string, drawings: Drawings = new Map()): Block[] {
  // Where there is no entity to look for, the parser leaps from tag to tag.
  const nodes = parseDocument(html, { decodeEntities: html.includes('&') }).children;
  return blocksOf(nodes, { personal: false, source: undefined, drawings });
}

function blocksOf(nodes: readonly ChildNode[], context: Context): Block[] {
  const blocks: Block[] = [];
  for (const node of nodes) {
    if (!isTag(node)) refuseText(node, context);
    else {
      const block = blockOf(node, context);
      if (!isEmpty(block)) blocks.push(block);
    }
  }
  return blocks;
}

/** An article's line that speaks of the client may be empty where there is none. */
function isEmpty(block: Block): boolean {
  return block.kind === 'paragraph' && block.inlines.length === 0;
}

function refuseText(node: ChildNode, context: Context): void {
  if (isText(node) && !SKIPPED.test(node.data)) throw broken('text outside a paragraph', context);
}

function blockOf(element: Element, outer: Context): Block {
  const { attribs } = element;
  const context = contextIn(attribs, outer);
  const block = ofItsKind(element, context);
  if (context.source !== undefined) block.source = context.source;
  if (attribs.lang !== undefined) block.lang = attribs.lang;
  if (attribs.dir === 'rtl' || attribs.dir === 'ltr' || attribs.dir === 'auto') block.dir = attribs.dir;
  return block;
}

function ofItsKind(element: Element, context: Context): Block {
  switch (element.name) {
    case 'header':
      return mastheadOf(element, context);
    case 'h1':
    case 'h2':
    case 'h3':
      return headingOf(element, context);
    case 'p':
      return paragraphOf(element, context);
    case 'ul':
    case 'ol':
      return listOf(element, context);
    case 'aside':
      return boxOf(element, context);
    case 'section':
      return sectionOf(element, context);
    case 'table':
      return tableOf(element, context);
    case 'figure':
      return figureOf(element, context);
    case 'div':
      return writingOf(element, context);
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

function headingOf(element: Element, context: Context): Kind<'heading'> {
  const level = Number(element.name[1]) as 1 | 2 | 3;
  return { kind: 'heading', personal: context.personal, level, inlines: inlinesOf(element, context) };
}

function paragraphOf(element: Element, context: Context): Kind<'paragraph'> {
  const style = styleOf(element, PARAGRAPH_STYLES, 'body', context) as ParagraphStyle;
  return { kind: 'paragraph', personal: context.personal, style, inlines: inlinesOf(element, context) };
}

function boxOf(element: Element, context: Context): Kind<'box'> {
  const style = styleOf(element, BOX_STYLES, '', context) as BoxStyle;
  return { kind: 'box', personal: context.personal, style, blocks: blocksOf(element.children, context) };
}

function mastheadOf(element: Element, context: Context): Kind<'masthead'> {
  const parts = only(/^(img|p)$/u, element, context);
  const image = parts.find(({ name }) => name === 'img');
  const line = (style: string) => parts.find(({ attribs }) => attribs.class === style);
  const words = (style: string) => (line(style) === undefined ? [] : inlinesOf(line(style)!, context));
  const logo = image === undefined ? null : { image: image.attribs.src ?? '', alt: image.attribs.alt ?? '' };
  return { kind: 'masthead', personal: context.personal, logo, name: words('practice'), contact: words('contact') };
}

function sectionOf(element: Element, context: Context): Kind<'section'> {
  const [first, ...rest] = elements(element, context);
  if (first === undefined || first.name !== 'h2') throw broken('a section without <h2>', context);
  return {
    kind: 'section',
    personal: context.personal,
    id: element.attribs.id ?? '',
    heading: inlinesOf(first, context),
    blocks: blocksOf(rest, context),
  };
}

function listOf(element: Element, context: Context): Kind<'list'> {
  const { personal } = context;
  const style = styleOf(element, LIST_STYLES, '', context);
  const items = only(/^li$/u, element, context).map((item) =>
    itemBlocks(item, style === 'small' ? 'small' : 'body', context),
  );
  const marker = style === 'check' ? 'check' : element.name === 'ol' ? 'number' : 'bullet';
  return { kind: 'list', personal, marker, items };
}

/** An item's own text becomes its first paragraph; blocks in it stay blocks. */
function itemBlocks(item: Element, style: ParagraphStyle, context: Context): Block[] {
  const isBlock = (node: ChildNode) => isTag(node) && /^(p|ul|ol|table|figure|div)$/u.test(node.name);
  const at = item.children.findIndex(isBlock);
  const words = at === -1 ? item.children : item.children.slice(0, at);
  const inlines = inlinesOfAll(words, context);
  const { personal, source } = context;
  const text: Block = { kind: 'paragraph', personal, style, inlines };
  if (source !== undefined) text.source = source;
  const rest = at === -1 ? [] : blocksOf(item.children.slice(at), context);
  return inlines.length === 0 ? rest : [text, ...rest];
}

function tableOf(element: Element, context: Context): Kind<'table'> {
  const parts = only(/^(caption|thead|tbody)$/u, element, context);
  const caption = parts.find(({ name }) => name === 'caption');
  const rows = parts.filter((part) => part !== caption).flatMap((part) => only(/^tr$/u, part, context));
  const cells = rows.map((row) => only(/^t[hd]$/u, row, context).map((cell) => inlinesOf(cell, context)));
  return {
    kind: 'table',
    personal: context.personal,
    sheet: styleOf(element, TABLE_STYLES, '', context) === 'sheet',
    caption: caption === undefined ? [] : inlinesOf(caption, context),
    head: cells[0] ?? [],
    rows: cells.slice(1),
  };
}

/** Lines to write on, or a scale. */
function writingOf(element: Element, context: Context): Kind<'lines'> | Kind<'scale'> {
  const style = styleOf(element, WRITING_STYLES, '', context);
  if (style === 'scale') return scaleOf(element, context);
  const { 'data-fill': fill, 'data-count': count = 3 } = element.attribs;
  return {
    kind: 'lines',
    personal: context.personal,
    count: fill === undefined ? Number(count) : 'fill',
    beside: style === 'lines beside',
    label: inlinesOf(element, context),
  };
}

/** What it asks, then its steps, the first and the last with their words. */
function scaleOf(element: Element, context: Context): Kind<'scale'> {
  const [label, list] = only(/^(p|ol)$/u, element, context);
  const steps = list === undefined ? [] : only(/^li$/u, list, context);
  if (label === undefined || steps.length !== 11) throw broken('a scale that does not go from 0 to 10', context);
  const [from, to] = [steps[0]!, steps[10]!].map((step) => inlinesOf(step, context));
  return { kind: 'scale', personal: context.personal, label: inlinesOf(label, context), from: from!, to: to! };
}

function figureOf(element: Element, context: Context): Kind<'figure'> {
  const parts = only(/^(img|figcaption)$/u, element, context);
  const image = parts.find(({ name }) => name === 'img');
  const caption = parts.find(({ name }) => name === 'figcaption');
  if (image === undefined) throw broken('a figure without <img>', context);
  const { src = '', alt = '' } = image.attribs;
  return {
    kind: 'figure',
    personal: context.personal,
    image: src,
    drawing: context.drawings.get(src) ?? null,
    alt,
    caption: caption === undefined ? [] : inlinesOf(caption, context),
    beside: styleOf(element, FIGURE_STYLES, '', context) === 'code',
  };
}

function styleOf(element: Element, known: ReadonlySet<string>, otherwise: string, context: Context): string {
  const style = element.attribs.class ?? otherwise;
  if (!known.has(style)) throw broken(`<${element.name} class="${style}">`, context);
  return style;
}

function elements(element: Element, context: Context): Element[] {
  for (const node of element.children) if (!isTag(node)) refuseText(node, context);
  return element.children.filter(isTag);
}

/** The elements in one that may hold only these. */
function only(names: RegExp, element: Element, context: Context): Element[] {
  const inside = elements(element, context);
  const wrong = inside.find(({ name }) => !names.test(name));
  if (wrong !== undefined) throw broken(`<${wrong.name}> in <${element.name}>`, context);
  return inside;
}
