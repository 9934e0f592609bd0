// An article and its file's text in, every place where it falls short of our standard out, by line.
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Problem } from '../errors.ts';
import type { Article } from './article.ts';
import { lintSafety } from './lint-safety.ts';
import { lintShape } from './lint-shape.ts';
import { lintText } from './lint-text.ts';
import { parseMarkdown } from './markdown.ts';
import { lineOf } from './nodes.ts';
import { gather, type Tell } from './problems.ts';
import { splitHead } from './read-article.ts';
import { readYaml } from './yaml.ts';

const SHORTEST_ALT = 30;
/** What is known changes; a guideline is usually looked at again after as long. */
const MOST_YEARS = 3;

/** `text` is the file that the article was read from. What keeps an article from being read is not told again. */
export function lintArticle(article: Article, text: string): Problem[] {
  const { tell, problems } = gather(article.file, 'article-weak');
  const { head, body, above } = splitHead(text, tell);
  const tree = parseMarkdown(body, above);
  lintShape(article, readYaml(head, 1, tell).lineOf, tell);
  lintAlts(tree, tell);
  lintSafety(article, tell);
  lintText(tree, article.lang, tell);
  return problems();
}

function lintAlts(tree: Root, tell: Tell): void {
  visit(tree, 'leafDirective', (node) => {
    const alt = node.attributes?.alt ?? '';
    if (node.name === 'figure' && alt.length < SHORTEST_ALT)
      tell(
        lineOf(node),
        `The alt text “${alt}” says too little.`,
        'Write what is seen, for somebody who hears the page.',
      );
  });
}

/** The line of a key of the head, for what is found elsewhere. */
export function headLine(text: string, path: readonly PropertyKey[]): number {
  const silent = () => undefined;
  return readYaml(splitHead(text, silent).head, 1, silent).lineOf(path);
}

/** Articles that it is time to look at again: nothing is wrong with them yet. `today` is YYYY-MM-DD. */
export function lintDates({ file, updated, review }: Article, text: string, today: string): Problem[] {
  const { tell, problems } = gather(file, 'article-weak');
  const due = (day: string) => `${Number(day.slice(0, 4)) + MOST_YEARS}${day.slice(4)}` <= today;
  if (due(updated))
    tell(
      headLine(text, ['updated']),
      `It was updated more than ${MOST_YEARS} years ago.`,
      'Check its sources and what it says, then write the day.',
    );
  if (updated > today)
    tell(headLine(text, ['updated']), '“updated” is still to come.', 'Write the day it was changed.');
  if (review !== null && due(review.on))
    tell(
      headLine(text, ['review']),
      `It was reviewed more than ${MOST_YEARS} years ago.`,
      'Ask for a new review, or empty “review”.',
    );
  return problems();
}
