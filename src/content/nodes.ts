// What we ask of a syntax tree: nodes in, their words and their lines in the file out.
import type { Nodes } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';

/** The line of the file a node starts on. */
export const lineOf = (node: Nodes): number => node.position?.start.line ?? 1;

/** The line of the file on which a place in a text lies; a text keeps the line breaks it was written with. */
export const lineAt = (node: Nodes & { value: string }, index: number): number =>
  lineOf(node) + (node.value.slice(0, index).match(/\n/gu)?.length ?? 0);

/** The words of one node, as one line. */
export function textOf(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value.replace(/\s+/gu, ' ');
  const between = node.type === 'tableRow' ? ' ' : '';
  return 'children' in node ? node.children.map(textOf).join(between) : '';
}

/** One line for each paragraph, heading, list item and table row. A client's name counts as one short word. */
export function plainText(nodes: readonly Nodes[]): string {
  const lines: string[] = [];
  for (const top of nodes) {
    visit(top, (node) => {
      if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableRow') return undefined;
      const words = textOf(node)
        .replace(/\{\{(#if client|else|\/if)\}\}/gu, ' ')
        .replace(/\{\{[^{}]*\}\}/gu, 'Name');
      if (words.trim() !== '') lines.push(words.trim());
      return SKIP;
    });
  }
  return lines.join('\n');
}

/** The pictures that figures name. */
export function figureNames(tree: Nodes): string[] {
  const names: string[] = [];
  visit(tree, 'leafDirective', ({ name, attributes }) => {
    if (name === 'figure' && attributes?.src) names.push(attributes.src);
  });
  return names;
}
