// The merge as one step: a saying in, the sheet of blocks that layout works on out.
import type { Inline, Sheet } from './block.ts';
import { fill, footLine, type Saying } from './fill.ts';
import { readBlocks } from './read.ts';
import { wordsOf } from './words.ts';

/** Merges one handout. Throws `template-broken` when a template or an article uses what the page can't set. */
export function mergeSheet(saying: Saying): Sheet {
  const { article, practice } = saying;
  const words = wordsOf(article.lang);
  return {
    lang: article.lang,
    dir: words.dir,
    title: article.title,
    masthead: { logo: practice.logo !== null, name: text(practice.name), contact: text(practice.contact.join(' · ')) },
    blocks: readBlocks(fill(saying)),
    foot: text(footLine(saying)),
    pageWords: words.page,
  };
}

function text(words: string): Inline[] {
  return words === '' ? [] : [{ text: words }];
}
