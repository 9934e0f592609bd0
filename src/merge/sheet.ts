// The merge as one step: a saying in, the sheet of blocks that layout works on out.
import type { Article } from '../content/article.ts';
import type { Block, Sheet } from './block.ts';
import { discreetly } from './discreet.ts';
import { fill, footParts, type Link, type Saying } from './fill.ts';
import { type Drawings, readBlocks } from './read.ts';
import { wordsOf } from './words.ts';

/** Blocks that hold nothing of a client, by their HTML: read once for each article, for as long as the article lives. */
const kept = new WeakMap<Article, Map<string, Block[]>>();
const drawings = new WeakMap<Article, Drawings>();
const MOST_KEPT = 500;

/** Merges one handout. Throws `template-broken` when a template or an article uses what the page can't set. */
export function mergeSheet(given: Saying): Sheet {
  const saying = discreetly(given);
  const { article, choice } = saying;
  const words = wordsOf(article.lang);
  return {
    lang: article.lang,
    dir: words.dir,
    title: article.title,
    blocks: fill(saying)
      .split('<!--part-->')
      .flatMap((part) => blocksOf(part, article, saying.link)),
    foot: footParts(saying),
    pageWords: words.page,
    discreet: choice.discreet,
    fillable: choice.fillable,
  };
}

/** The same sheet with no code on it; its blocks are the same each time, so that what is laid out for them is found again. */
export function withoutCode(sheet: Sheet): Sheet {
  return { ...sheet, blocks: sheet.blocks.map((block) => (hasCode(block) ? codeless(block) : block)) };
}

type SectionBlock = Extract<Block, { kind: 'section' }>;
const barred = new WeakMap<Block, Block>();

function hasCode(block: Block): block is SectionBlock {
  return block.kind === 'section' && block.id === 'sources' && block.blocks.some(isCode);
}

const isCode = (block: Block) => block.kind === 'figure' && block.beside;

function codeless(section: SectionBlock): Block {
  const known = barred.get(section) ?? { ...section, blocks: section.blocks.filter((block) => !isCode(block)) };
  barred.set(section, known);
  return known;
}

/** A part that reads a client's field says so in the template; a client's own text can't, for it is escaped. */
function blocksOf(part: string, article: Article, link: Link | null): Block[] {
  if (part.includes(' data-personal')) return readBlocks(part, drawingsOf(article));
  const shelf = kept.get(article) ?? new Map<string, Block[]>();
  kept.set(article, shelf);
  const blocks = shelf.get(part) ?? readBlocks(part, withCode(drawingsOf(article), link));
  if (shelf.size >= MOST_KEPT) shelf.clear();
  shelf.set(part, blocks);
  return blocks;
}

/** A code has the name of its address, so that a part that is kept has the right one. */
function withCode(known: Drawings, link: Link | null): Drawings {
  return link === null ? known : new Map([...known, [link.href, link.code]]);
}

function drawingsOf(article: Article): Drawings {
  const known = drawings.get(article);
  if (known !== undefined) return known;
  const found = new Map(article.figures.flatMap(({ name, drawing }) => (drawing === null ? [] : [[name, drawing]])));
  drawings.set(article, found);
  return found;
}
