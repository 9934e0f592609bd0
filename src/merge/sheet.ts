// The merge as one step: a saying in, the sheet of blocks that layout works on out.
import type { Article } from '../content/article.ts';
import type { Block, Sheet } from './block.ts';
import { discreetly } from './discreet.ts';
import { filled, footParts, type Link, pageOf, type Saying } from './fill.ts';
import type { Part } from './frame.ts';
import { type Drawings, readBlocks } from './read.ts';
import { type TypedBlocks, typedBlocks } from './typed-blocks.ts';
import { wordsOf } from './words.ts';

/** Blocks that hold nothing of a client: read once for each part of a page, for as long as the page is kept. */
const kept = new WeakMap<Part, Block[]>();
const drawings = new WeakMap<Article, Drawings>();

/** Merges one handout. Throws `template-broken` when a template or an article uses what the page can't set. */
export function mergeSheet(given: Saying): Sheet {
  const saying = discreetly(given);
  const { article, choice } = saying;
  const words = wordsOf(article.lang);
  const { parts, writing, speaking } = pageOf(saying);
  const typed = typedBlocks(choice, writing);
  const read = (part: Part) => typedIn(part, typed) ?? blocksOf(part, speaking, article, saying.link);
  return {
    lang: article.lang,
    dir: words.dir,
    title: article.title,
    blocks: parts.flatMap(read),
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

/** What is typed stands in a part of its own, so that nothing goes missing with it. */
function typedIn({ texts, places }: Part, typed: TypedBlocks): readonly Block[] | null {
  const [place = ''] = places;
  if (!isTyped(place, typed)) return null;
  if (texts.some((text) => text.trim() !== ''))
    throw new Error(`“own ${place}” must be alone in its part of the page.`);
  return typed[place];
}

const isTyped = (place: string, typed: TypedBlocks): place is keyof TypedBlocks => Object.hasOwn(typed, place);

function blocksOf(part: Part, speaking: ReadonlyMap<string, string>, article: Article, link: Link | null): Block[] {
  if (part.places.length > 0) return readBlocks(filled(part, speaking), drawingsOf(article));
  const blocks = kept.get(part) ?? readBlocks(part.texts.join(''), withCode(drawingsOf(article), link));
  kept.set(part, blocks);
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
