// Claims and their sources: text nodes in, the ids they cite out, with the markers taken out of the text.
import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { lineAt, lineOf, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';

// A footnote without a definition stays text in GFM, which is what lets these markers be ours.
export const MARKER = /\s*\[\^([^\]\s]+)\]/gu;

export interface Citation {
  id: string;
  line: number;
}

export function takeCitations(nodes: readonly Nodes[], tell: Tell): Citation[] {
  const found: Citation[] = [];
  for (const top of nodes) {
    visit(top, 'text', (node) => {
      for (const { 0: marker, 1: id, index } of node.value.matchAll(MARKER)) {
        found.push({ id: id!, line: lineAt(node, index + marker.indexOf('[')) });
      }
      node.value = node.value.replace(MARKER, '');
    });
    visit(top, 'paragraph', (node) => {
      const bare = node.children.every(({ type }) => type === 'text');
      if (bare && textOf(node).trim() === '') {
        tell(
          lineOf(node),
          'This paragraph holds no words.',
          'Put the [^source] right behind the claim that rests on it.',
        );
      }
    });
  }
  return found;
}
