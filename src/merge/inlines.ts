// The text of an element in, stretches of one look out, white space as HTML has it.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import type { Inline } from './block.ts';
import { broken, type Place } from './broken.ts';

type Look = Omit<Inline, 'text'>;

/** All text of an element. */
export function inlinesOf(element: Element, place: Place): Inline[] {
  return inlinesOfAll(element.children, place);
}

/** The text of some nodes that stand side by side. */
export function inlinesOfAll(nodes: readonly ChildNode[], place: Place): Inline[] {
  return collapse(inlinesFrom(nodes, {}, place));
}

function inlinesFrom(nodes: readonly ChildNode[], look: Look, place: Place): Inline[] {
  const inlines: Inline[] = [];
  for (const node of nodes) {
    if (isText(node)) inlines.push({ ...look, text: node.data });
    else if (isTag(node)) inlines.push(...inlinesIn(node, look, place));
  }
  return inlines;
}

function inlinesIn({ name, attribs, children }: Element, look: Look, place: Place): Inline[] {
  const own: Look = attribs.lang === undefined ? look : { ...look, lang: attribs.lang };
  switch (name) {
    case 'strong':
      return inlinesFrom(children, { ...own, bold: true }, place);
    case 'em':
      return inlinesFrom(children, { ...own, italic: true }, place);
    case 'bdi':
      return isolated(inlinesFrom(children, own, place));
    case 'span':
      return inlinesFrom(children, own, place);
    case 'a':
      return inlinesFrom(children, { ...own, link: attribs.href ?? '' }, place);
    case 'br':
      return [{ ...look, text: '', breakAfter: true }];
    default:
      throw broken(`<${name}> in a line of text`, place);
  }
}

/** Text whose direction does not reach beyond it, such as a name: between FSI and PDI (UAX 9, 2.4), as HTML's bdi. */
function isolated(inlines: readonly Inline[]): Inline[] {
  const last = inlines.length - 1;
  return inlines.map((inline, index) => {
    return { ...inline, text: `${index === 0 ? '\u2068' : ''}${inline.text}${index === last ? '\u2069' : ''}` };
  });
}

const SPACES = /[ \t\r\n\f]+/gu;
/** Anything but single blanks. */
const UNEVEN = /[\t\r\n\f]| {2}/u;

/** White space as HTML has it within a text. */
export function evened(text: string): string {
  return UNEVEN.test(text) ? text.replace(SPACES, ' ') : text;
}

/** White space as HTML has it: runs become one space, none at the ends or at a break. NBSP is kept. */
function collapse(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let atStart = true;
  for (const inline of inlines) {
    let text = evened(inline.text);
    if (atStart && text.startsWith(' ')) text = text.slice(1);
    if (inline.breakAfter) {
      trimEnd(out);
      const last = out.at(-1);
      if (last !== undefined) out[out.length - 1] = { ...last, breakAfter: true };
      atStart = true;
      continue;
    }
    if (text === '') continue;
    out.push(text === inline.text ? inline : { ...inline, text });
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
