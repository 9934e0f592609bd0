// What was typed for this client in, blocks out: a page of the same shape is read once, and the words put where they belong.
import type { Block, Inline } from './block.ts';
import { SLOT_NAMES } from './choice.ts';
import { evened } from './inlines.ts';
import { noteParts } from './note.ts';
import { readBlocks } from './read.ts';
import { fillTyped, type Typed, type TypedHtml, type Writing } from './typed.ts';

/** Blocks by their place on the page. */
export type TypedBlocks = Readonly<Record<keyof TypedHtml, readonly Block[]>>;

/** What no font prints and nobody can type stands for the words: a character of private use for each line of them. */
const FIRST = 0xe000;
const MARK = /[\ue000-\uf8ff]/gu;

/** Pages by their shape, with marks for words: nothing of a client is in them. */
const known = new Map<string, TypedBlocks>();
const MOST_KEPT = 200;

/** The very blocks of `readBlocks(fillTyped(…))`: to write and read HTML for each client anew took half the time of a merge. */
export function typedBlocks(typed: Typed, writing: Writing): TypedBlocks {
  const words: string[] = [];
  const mark = (text: string) => (text === '' ? '' : String.fromCharCode(FIRST + words.push(text) - 1));
  const { client, note, noteLanguage } = typed;
  const marked = { client: mark(client), note: markedLines(note, mark), noteLanguage, ...markedSlots(typed, mark) };
  const { date, clinician, signature, ...page } = writing;
  const written = { date: mark(date), clinician: mark(clinician), signature: mark(signature) };
  const key = JSON.stringify([page.lang, marked, written]);
  const shape = known.get(key) ?? shapeOf(marked, { ...page, ...written });
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, shape);
  const said = (blocks: readonly Block[]) => blocks.map((block) => withWords(block, words));
  return { for: said(shape.for), before: said(shape.before), after: said(shape.after) };
}

function shapeOf(marked: Typed, writing: Writing): TypedBlocks {
  const html = fillTyped(marked, writing);
  return { for: readBlocks(html.for), before: readBlocks(html.before), after: readBlocks(html.after) };
}

type Marker = (text: string) => string;

function markedSlots(typed: Typed, mark: Marker): Pick<Typed, (typeof SLOT_NAMES)[number]> {
  const slots = SLOT_NAMES.map((name) => [name, markedLines(typed[name], mark)] as const);
  return Object.fromEntries(slots) as Pick<Typed, (typeof SLOT_NAMES)[number]>;
}

/** The same paragraphs and bullets with a mark for each line. */
function markedLines(text: string, mark: Marker): string {
  const parts = noteParts(text).map((part) =>
    part.items === null ? [part.first, ...part.more].map(mark) : part.items.map((item) => `- ${mark(item)}`),
  );
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function withWords(block: Block, words: readonly string[]): Block {
  const inside = (blocks: readonly Block[]) => blocks.map((one) => withWords(one, words));
  switch (block.kind) {
    case 'section':
      return { ...block, heading: spoken(block.heading, words), blocks: inside(block.blocks) };
    case 'box':
      return { ...block, blocks: inside(block.blocks) };
    case 'list':
      return { ...block, items: block.items.map(inside) };
    case 'paragraph':
      return { ...block, inlines: spoken(block.inlines, words) };
    default:
      throw new Error(
        `A ${block.kind} has no words of a client: typed.hbs writes sections, boxes, lists and paragraphs.`,
      );
  }
}

function spoken(inlines: readonly Inline[], words: readonly string[]): Inline[] {
  return inlines.map((inline) => {
    const text = inline.text.replace(MARK, (mark) => words[mark.charCodeAt(0) - FIRST]!);
    return { ...inline, text: evened(text) };
  });
}
