// Strips that hold together in, pages of them out: what would leave much of a page empty is cut, or comes a little later.
import type { Galley, Strip } from './page.ts';

export interface Item {
  galley: Galley;
  index: number;
  strip: Strip;
  gap: number;
  keep: Keep;
  /** Sends to a number that is not far. */
  leads: boolean;
  /** Hardly anybody reads it: a last page with little else on it is a page for nothing. */
  trails: boolean;
}

/** `with-next`: the first bond to give way where a chunk fits no page. */
export type Keep = Strip['keep'] | 'with-next';

/** Strips that are not parted. */
export type Chunk = readonly Item[];

/** A page is not left emptier than this for something that would rather be in one piece. */
export const HOLE = 0.16;

/** Fills pages from the top, each with as much as it holds. */
export function fillPages(chunks: readonly Chunk[], height: number): Chunk[][] {
  const pages: Chunk[][] = [];
  let open: Chunk[] = [];
  let filled = 0;
  /** A picture that heads the next page, and how much was on the page when it was put off. */
  let floating: { chunk: Chunk; after: number } | null = null;
  const place = (chunk: Chunk) => {
    filled = heightOf(chunk, filled);
    open.push(chunk);
  };
  const turn = (first: Chunk) => {
    pages.push(open);
    open = [];
    filled = 0;
    place(first);
  };
  const land = (chunk: Chunk | undefined) => {
    if (floating === null) return;
    const { chunk: picture, after } = floating;
    floating = null;
    const back = begun(open, after, chunk);
    turn(picture);
    for (const one of back) {
      if (heightOf(one, filled) <= height) place(one);
      else turn(one);
    }
  };
  const fits = (chunk: Chunk) => open.length === 0 || heightOf(chunk, filled) <= height;
  for (const chunk of chunks) {
    if (
      floating !== null &&
      (chunk[0]?.galley !== floating.chunk[0]?.galley || chunk.some(({ strip }) => strip.floats) || !fits(chunk))
    )
      land(chunk);
    if (fits(chunk)) {
      place(chunk);
      continue;
    }
    const part = height - filled > height * HOLE ? fitting(chunk, filled, height) : 0;
    const rest = chunk.slice(part);
    if (part > 0) place(chunk.slice(0, part));
    const isWide = height - filled > height * HOLE;
    if (isWide && rest.every(({ strip, index }) => strip.floats && index > 0))
      floating = { chunk: rest, after: open.length };
    else turn(rest);
  }
  land(undefined);
  if (open.length > 0) pages.push(open);
  return pages;
}

/** What a page has of a paragraph that goes on in `next`, taken off it: no picture comes between its lines. */
function begun(open: Chunk[], after: number, next: Chunk | undefined): Chunk[] {
  const goesOn = (chunk: Chunk | undefined) => chunk !== undefined && chunk[0]!.index > 0 && chunk[0]!.gap === 0;
  let from = open.length;
  if (next?.[0]?.galley !== open.at(-1)?.[0]?.galley) return [];
  for (let chunk = next; goesOn(chunk) && from > after; chunk = open[from]) from--;
  return open.splice(from);
}

/** How many strips of a chunk that would rather be in one piece the page has room for. */
function fitting(chunk: Chunk, filled: number, height: number): number {
  const ends = chunk.flatMap(({ keep }, index) => (keep === 'rather' ? [index + 1] : []));
  return ends.findLast((end) => heightOf(chunk.slice(0, end), filled) <= height) ?? 0;
}

/** Height of a page filled so far with these items on it too. */
export function heightOf(items: readonly Item[], filled = 0): number {
  let total = filled;
  for (let at = 0; at < items.length; at++) total += added(items[at]!, at === 0 && filled === 0);
  return total;
}

/** What a strip adds to the height of its page: the gap above the first one is dropped, but the head of its table is said again. */
export function added({ strip, gap }: Item, isFirst: boolean): number {
  return strip.height + (isFirst ? (strip.head?.height ?? 0) : gap);
}
