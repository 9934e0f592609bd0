// Checked Markdown nodes in, a Handlebars source that writes HTML of our vocabulary out.
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { LeafDirective } from 'mdast-util-directive';
import { toHast } from 'mdast-util-to-hast';
import { SKIP, visit } from 'unist-util-visit';
import { lineOf } from './nodes.ts';
import { isSheet, linesOf, planOf, scaleOf, sheetOf } from './worksheets.ts';

/** Gives what Markdown lacks its element: boxes, figures, worksheets, check lists. To be done before `htmlOf`. */
export function shape(nodes: RootContent[]): void {
  const root: Root = { type: 'root', children: nodes };
  visit(root, (node, index, parent) => {
    if (node.type === 'containerDirective' && isSheet(node) && parent !== undefined && index !== undefined) {
      parent.children[index] = sheetOf(node);
      return SKIP;
    }
    if (node.type === 'containerDirective') node.data = { hName: 'aside', hProperties: { className: [node.name] } };
    if (node.type === 'table') node.align = null;
    if (node.type === 'list' && node.children.some(({ checked }) => typeof checked === 'boolean')) {
      node.data = { hProperties: { className: ['check'] } };
      for (const item of node.children) item.checked = null;
    }
    if (node.type !== 'leafDirective' || parent === undefined || index === undefined) return undefined;
    parent.children[index] = LEAVES[node.name]!(node);
    return SKIP;
  });
}

const LEAVES: Readonly<Record<string, (node: LeafDirective) => RootContent>> = {
  figure,
  lines: linesOf,
  scale: scaleOf,
  plan: planOf,
};

/** Every top-level element says where in the article it was written. */
export function htmlOf(nodes: RootContent[], file: string): string {
  for (const node of nodes) {
    node.data = { ...node.data, hProperties: { ...hProperties(node), dataSource: `${file}:${lineOf(node)}` } };
  }
  return toHtml(toHast({ type: 'root', children: nodes }));
}

const hProperties = (node: Nodes) => (node.data as { hProperties?: object } | undefined)?.hProperties;

function figure({ children, attributes, position }: LeafDirective): RootContent {
  const picture = { type: 'image' as const, url: attributes?.src ?? '', alt: attributes?.alt ?? '' };
  const caption: Paragraph = { type: 'paragraph', children, data: { hName: 'figcaption' } };
  // Markdown has no element for a picture with its caption; a paragraph takes a picture, and so its name is changed.
  const parts = [picture, caption as unknown as PhrasingContent];
  return { type: 'paragraph', children: parts, data: { hName: 'figure' }, ...(position && { position }) };
}
