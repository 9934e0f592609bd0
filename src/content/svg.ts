// The text of an SVG file in, its elements with their lines out; what is not sound XML, or more than a drawing, is told.
import { type ChildNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Tell } from './problems.ts';

export interface SvgElement {
  name: string;
  line: number;
  attributes: Readonly<Record<string, string>>;
  children: readonly SvgElement[];
  /** The words directly in it. */
  text: string;
}

const LARGEST = 100_000;
const DEEPEST = 12;
const SVG_SPACE = 'http://www.w3.org/2000/svg';

/** The root element, or null when there is none to go on with. */
export function readSvg(svg: string, tell: Tell): SvgElement | null {
  if (svg.length > LARGEST) {
    tell(1, 'This drawing is larger than 100 KB.', 'Draw less: a figure explains one thing.');
    return null;
  }
  const document = parseDocument(svg, { xmlMode: true, withStartIndices: true, withEndIndices: true });
  const lineAt = (index: number | null) => svg.slice(0, index ?? 0).split('\n').length;

  function read(element: Element, depth: number): SvgElement {
    const line = lineAt(element.startIndex);
    if (!isClosed(element, svg))
      tell(line, `<${element.name}> is not closed.`, `Write </${element.name}>, or end it with />.`);
    if (depth === DEEPEST) tell(line, `Elements are nested more than ${DEEPEST} deep.`, 'Take groups out.');
    const { children, text } = inside(element.children, line, depth);
    return { name: element.name, line, attributes: element.attribs, children, text };
  }

  function inside(nodes: readonly ChildNode[], line: number, depth: number) {
    const children = depth < DEEPEST ? nodes.filter(isTag).map((child) => read(child, depth + 1)) : [];
    for (const node of nodes) {
      if (isTag(node) || isText(node) || node.type === 'comment') continue;
      if (node.type === 'directive' && node.name === '?xml' && node.startIndex === 0) continue;
      const at = node.startIndex === null ? line : lineAt(node.startIndex);
      tell(at, 'A drawing holds elements and words only.', 'Delete <!DOCTYPE …>, <![CDATA[ … ]]> and <? … ?>.');
    }
    const text = nodes.map((node) => (isText(node) ? node.data : '')).join('');
    return { children, text };
  }

  const { children } = inside(document.children, 1, 0);
  const [root, second] = children;
  if (root?.name !== 'svg') {
    tell(
      root?.line ?? 1,
      'This file is no SVG drawing in UTF-8.',
      'Start it with <svg xmlns="…" viewBox="0 0 280 200">.',
    );
    return null;
  }
  if (second !== undefined) tell(second.line, 'Something stands behind </svg>.', 'Delete it.');
  if (root.attributes.xmlns !== SVG_SPACE)
    tell(root.line, 'The drawing does not say that it is SVG.', `Write <svg xmlns="${SVG_SPACE}" …>.`);
  return root;
}

/** The reader closes what is left open, as browsers do with HTML; they do not with XML. */
function isClosed({ name, startIndex, endIndex }: Element, svg: string): boolean {
  const source = svg.slice(startIndex ?? 0, (endIndex ?? 0) + 1);
  return source.endsWith('/>') || source.replace(/\s+>$/u, '>').endsWith(`</${name}>`);
}
