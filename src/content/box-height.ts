// A box in, out whether it is taller than a page: by the least it takes in large print on Letter, before it is set.
import type { Nodes } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { textOf } from './nodes.ts';

/** Points, as large print is set at its closest; more letters than these never stand in a line of it. */
const PAGE = 626;
const LINE = 21;
const RULE = 32;
const LETTERS = 62;
/** Numbers to choose from, and the words at the ends. */
const SCALE = 2 * LINE;
/** A list item or a paragraph is that far from the one before. */
const GAP = 5;
const AIR = 22;

export const isTallerThanPage = (box: ContainerDirective): boolean => AIR + sum(box.children) - GAP > PAGE;

const sum = (nodes: readonly Nodes[]): number => nodes.reduce((total, node) => total + heightOf(node), 0);

function heightOf(node: Nodes): number {
  switch (node.type) {
    case 'list':
    case 'listItem':
      return sum(node.children);
    case 'table':
      return sum(node.children);
    case 'tableRow':
      return LINE + GAP;
    case 'containerDirective':
      return sum(node.children) + (Number(node.attributes?.rows) || 0) * RULE;
    case 'leafDirective':
      return wordsOf(node) + (node.name === 'scale' ? SCALE : (Number(node.attributes?.n) || 0) * RULE);
    default:
      return wordsOf(node);
  }
}

function wordsOf(node: Nodes): number {
  return Math.ceil(textOf(node).length / LETTERS) * LINE + GAP;
}
