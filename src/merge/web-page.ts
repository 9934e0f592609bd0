// The merged HTML of a handout in, one page for a screen out: the same words, in elements a browser and its readers know.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { element, escaped } from './markup.ts';
import { compileFile, fileText, ready, type Template } from './templates.ts';
import { type Counter, writing } from './web-writing.ts';

export interface WebPage {
  lang: string;
  dir: 'ltr' | 'rtl';
  title: string;
  /** What the foot of the printed page says. */
  foot: string;
  largePrint: boolean;
  inkSaving: boolean;
  /** The practice's colour, #rrggbb, or empty; on a dark ground the house's stays. */
  accent: string;
  /** Worksheets can be typed into; else they are lines. */
  fillable: boolean;
  /** A picture's address (`data:…`) or its own SVG, by the name it has in the HTML. */
  pictures: ReadonlyMap<string, string>;
}

/** What rendering needs to know, and what it counts. */
export interface Render extends Counter {
  pictures: ReadonlyMap<string, string>;
  inside(nodes: readonly ChildNode[]): string;
}

let template: Template | null = null;
let css: string | null = null;

/** Writes one file that needs no other: styles and pictures stand in it, and there is no script. */
export function writeWebPage(html: string, page: WebPage): string {
  template ??= compileFile('web-page.hbs');
  css ??= fileText('web-page.css');
  const nodes = parseDocument(html, { decodeEntities: true }).children;
  const render: Render = {
    pictures: page.pictures,
    fillable: page.fillable,
    fields: 0,
    inside: (inner) => inner.map((node) => written(node, render)).join(''),
  };
  const header = nodes.filter((node) => isTag(node) && node.name === 'header');
  const main = nodes.filter((node) => !header.includes(node));
  const { lang, dir, title, foot, accent } = page;
  return template({
    lang,
    dir,
    title,
    foot,
    looks: [page.largePrint ? 'large' : '', page.inkSaving ? 'ink-saving' : ''].filter(Boolean).join(' '),
    accent,
    css: ready(css),
    header: ready(render.inside(header)),
    main: ready(render.inside(main).replace(/\n{2,}/gu, '\n')),
  });
}

/** Told to the reader of a screen by these elements; all that they hold is told anyway. */
const PLAIN = /^(h[123]|p|ul|ol|li|section|header|caption|thead|tbody|tr|td|strong|em|bdi|span|br|figure|figcaption)$/u;

function written(node: ChildNode, render: Render): string {
  if (isText(node)) return escaped(node.data);
  if (!isTag(node)) return '';
  const { name, attribs, children } = node;
  const inside = () => render.inside(children);
  switch (name) {
    // An aside within a section would be a landmark of its own; a box is none. Its direction is that of each paragraph.
    case 'aside':
      for (const child of children) if (isTag(child)) child.attribs.dir ??= attribs.dir ?? '';
      return element('div', { class: `box ${attribs.class ?? ''}`, lang: attribs.lang }, inside());
    case 'a':
      return element('a', { href: attribs.href, rel: 'noreferrer' }, inside());
    case 'img':
      return picture(node, render);
    case 'th':
      return element('th', { scope: 'col' }, inside());
    case 'p':
      return paragraph(node, inside());
    case 'ul':
      return attribs.class === 'check' ? writing(node, render) : kept(node, inside());
    case 'table':
    case 'div':
      return writing(node, render);
    default:
      if (!PLAIN.test(name)) throw new Error(`The web page has no way to write <${name}>.`);
      return kept(node, inside());
  }
}

/** The element as it is, without what only the page's own reader needs. Ids go: an article may use one of the page's. */
function kept({ name, attribs }: Element, inside: string): string {
  return element(name, { class: attribs.class, lang: attribs.lang, dir: attribs.dir }, inside);
}

/** The number to call can be called. */
function paragraph(node: Element, inside: string): string {
  const number = node.attribs.class === 'number' ? inside.replace(/<[^>]*>|[^\d+*]/gu, '') : '';
  return kept(node, number === '' ? inside : element('a', { href: `tel:${number}` }, inside));
}

function picture({ attribs }: Element, { pictures }: Render): string {
  const { src = '', alt = '' } = attribs;
  const found = pictures.get(src) ?? '';
  if (found.startsWith('data:')) return element('img', { src: found, alt }, '');
  const svg = found.slice(found.indexOf('<svg'));
  return element('div', { class: 'drawing', role: 'img', 'aria-label': alt }, svg);
}
