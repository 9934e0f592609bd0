// Galleys onto pages: strips with their keeps in, pages of placed strips out.
import { arePoor, breakPages } from './break-pages.ts';
import { type Chunk, fillPages, heightOf, type Item, type Keep } from './fill-pages.ts';
import type { Galley, Placed } from './page.ts';

/** A galley with the space above it. */
export interface Stacked {
  galley: Galley;
  above: number;
  /** Stays on the page of the galley before it, if they fit one: the number to call stays with the words that send there. */
  stays?: boolean;
  /** Stands between these two, and rather does not part them. */
  between?: boolean;
  /** Hardly anybody reads it: no page for a few lines of it. */
  trails?: boolean;
}

/** Fills pages of `height` from `top`; where that leaves a hole or a last page for a few lines, all of them are broken anew. */
export function paginate(stacked: readonly Stacked[], top: number, height: number): Placed[][] {
  const chunks = chunksOf(stacked);
  const filled = fill(chunks, height);
  const pages =
    arePoor(filled, height) && !filled.some(hasFilling)
      ? breakPages(ordersOf(filled, joined(chunks)), height, filled.length)
      : filled;
  return pages.map((page) => placed(page, top));
}

/** A box that takes the rest of its page leaves no hole, and was made for the page as it is. */
const hasFilling = (page: readonly Item[]) => page.some(({ strip }) => strip.fills === true);

/** Pictures stand where they do in the article, or where they went when pages were filled. */
function ordersOf(filled: readonly (readonly Item[])[], items: readonly Item[]): (readonly Item[])[] {
  const order = joined(filled);
  return order.every((item, index) => item === items[index]) ? [items] : [order, items];
}

function joined(parts: readonly (readonly Item[])[]): Item[] {
  return ([] as Item[]).concat(...parts);
}

/**
 * A chunk that fits no page is cut first where it would rather hold together, and at
 * last anywhere: every pass places at least one strip, so this ends.
 */
function fill(chunks: readonly Chunk[], height: number): Item[][] {
  const fits = (chunk: Chunk) => heightOf(chunk) <= height;
  const pages = fillPages(chunks.every(fits) ? chunks : chunks.flatMap((chunk) => cut(chunk, fits)), height);
  return pages.map(joined);
}

function cut(chunk: Chunk, fits: (chunk: Chunk) => boolean): Chunk[] {
  return [chunk]
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep === 'with-next')))
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep !== 'always')))
    .flatMap((part) => (fits(part) ? [part] : part.map((item) => [item])));
}

/** Strips that hold together; the last of a galley may hold to the first of the next. */
function chunksOf(stacked: readonly Stacked[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < stacked.length; at++) {
    for (const chunk of chunksIn(stacked[at]!, stacked[at + 1])) {
      const before = chunks.at(-1);
      if (before === undefined || before.at(-1)!.keep === 'no') chunks.push(chunk);
      else chunks[chunks.length - 1] = [...before, ...chunk];
    }
  }
  return chunks;
}

/** The chunks of a galley, and what of its place makes them so. */
interface Chunks {
  above: number;
  stays: boolean;
  between: boolean;
  trails: boolean;
  chunks: readonly Chunk[];
}

/**
 * What is the same for every client goes onto the pages of each of them. Of a client's own words nothing is kept: what a
 * map that lives long holds on to outlives many a handout, for the collector looks into it seldom.
 */
const known = new WeakMap<Galley, Chunks>();

function chunksIn(one: Stacked, next: Stacked | undefined): readonly Chunk[] {
  const { galley, above, trails = false } = one;
  const { stays = false, between = false } = next ?? {};
  const before = known.get(galley);
  if (before?.above === above && before.stays === stays && before.between === between && before.trails === trails)
    return before.chunks;
  const chunks = chunked(itemsOf(one, next), (keep) => keep === 'no');
  if (!galley.personal) known.set(galley, { above, stays, between, trails, chunks });
  return chunks;
}

function itemsOf({ galley, above, trails = false }: Stacked, next: Stacked | undefined): Item[] {
  const last = galley.strips.length - 1;
  return galley.strips.map((strip, index) => {
    const keep = index === last && next?.stays === true && strip.keep === 'no' ? 'with-next' : strip.keep;
    const leads = index === last && next?.between === true;
    return { galley, index, strip, gap: index === 0 ? above : strip.gap, keep, leads, trails };
  });
}

function chunked(items: readonly Item[], mayBreakAfter: (keep: Keep) => boolean): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  for (let at = 0; at < items.length; at++) {
    if (!mayBreakAfter(items[at]!.keep) && at < items.length - 1) continue;
    chunks.push(items.slice(from, at + 1));
    from = at + 1;
  }
  return chunks;
}

/** Neighbouring strips of one galley become one range; a range starts where its strips do not follow closely. */
function placed(items: readonly Item[], top: number): Placed[] {
  const out: Placed[] = [];
  const head = items[0]?.strip.head;
  let y = top + (head?.height ?? 0);
  let range: Placed | undefined;
  for (const { galley, index, strip, gap } of items) {
    if (range !== undefined) y += gap;
    if (range?.galley === galley && range.to === index) range.to = index + 1;
    else {
      range = { galley, from: index, to: index + 1, y };
      out.push(range);
    }
    y += strip.height;
  }
  if (head !== undefined) out[0]!.head = head;
  return out;
}
