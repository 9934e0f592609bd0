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
  const items = stacked.flatMap((one, index) => itemsOf(one, stacked[index + 1]));
  const filled = fill(items, height);
  const pages =
    arePoor(filled, height) && !items.some(fillsPage)
      ? breakPages(ordersOf(filled, items), height, filled.length)
      : filled;
  return pages.map((page) => placed(page, top));
}

/** A box that takes the rest of its page leaves no hole, and was made for the page as it is. */
const fillsPage = ({ strip }: Item) => strip.fills === true;

/** Pictures stand where they do in the article, or where they went when pages were filled. */
function ordersOf(filled: readonly Item[][], items: readonly Item[]): (readonly Item[])[] {
  const order = filled.flat();
  return order.every((item, index) => item === items[index]) ? [items] : [order, items];
}

/**
 * A chunk that fits no page is cut first where it would rather hold together, and at
 * last anywhere: every pass places at least one strip, so this ends.
 */
function fill(items: readonly Item[], height: number): Item[][] {
  const chunks = chunked(items, (keep) => keep === 'no');
  const fits = (chunk: Chunk) => heightOf(chunk) <= height;
  const pages = fillPages(chunks.every(fits) ? chunks : chunks.flatMap((chunk) => cut(chunk, fits)), height);
  return pages.map((page) => page.flat());
}

function cut(chunk: Chunk, fits: (chunk: Chunk) => boolean): Chunk[] {
  return [chunk]
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep === 'with-next')))
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep !== 'always')))
    .flatMap((part) => (fits(part) ? [part] : part.map((item) => [item])));
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
  let open: Chunk = [];
  for (const item of items) {
    open.push(item);
    if (!mayBreakAfter(item.keep)) continue;
    chunks.push(open);
    open = [];
  }
  if (open.length > 0) chunks.push(open);
  return chunks;
}

/** Neighbouring strips of one galley become one range; a range starts where its strips do not follow closely. */
function placed(items: readonly Item[], top: number): Placed[] {
  const out: Placed[] = [];
  const head = items[0]?.strip.head;
  let y = top + (head?.height ?? 0);
  items.forEach(({ galley, index, strip, gap }, position) => {
    if (position > 0) y += gap;
    const before = out.at(-1);
    if (before !== undefined && before.galley === galley && before.to === index) before.to = index + 1;
    else out.push({ galley, from: index, to: index + 1, y, ...(position === 0 && head !== undefined ? { head } : {}) });
    y += strip.height;
  });
  return out;
}
