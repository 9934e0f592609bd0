// Galleys onto pages: strips with their keeps in, pages of placed strips out.
import { type Chunk, fillPages, HOLE, heightOf, type Item, type Keep } from './fill-pages.ts';
import type { Galley, Placed } from './page.ts';

/** A galley with the space above it. */
export interface Stacked {
  galley: Galley;
  above: number;
  /** Stays on the page of the galley before it, if they fit one: the number to call stays with the words that send there. */
  stays?: boolean;
}

/** A last page holds at least this much, or takes something from the page before it: four lines of body text. */
const LEAST_ON_LAST_PAGE = 68;

/** How far the gaps between galleys may close when that saves a last page with next to nothing on it. */
const TIGHTER = [0.7, 0.5] as const;
const NEXT_TO_NOTHING = 0.12;
/** How far they close where a page would else be left emptier than `HOLE`, and how much fuller that has to make it. */
const CLOSER = [0.85, 0.7] as const;
const FULLER = HOLE / 2;
/** Sections closer than this, in points, would run together; those of a page that is to fit are close already. */
const LEAST_GAP = 9;

/** Fills pages of `height` from `top`; a page for a few lines is saved where closer sections do it. */
export function paginate(stacked: readonly Stacked[], top: number, height: number): Placed[][] {
  const loose = fill(stacked, height);
  const rest = loose.at(-1);
  let pages = loose;
  if (loose.length > 1 && rest !== undefined && heightOf(rest.flat()) < height * NEXT_TO_NOTHING) {
    for (const share of TIGHTER) {
      if (pages.length < loose.length) break;
      const tight = fill(closer(stacked, share), height);
      if (tight.length < loose.length) pages = tight;
    }
  }
  if (!stacked.some(fillsPage)) pages = fuller(pages, stacked, height);
  return fillLast(pages, height).map((page) => placed(page.flat(), top));
}

/** A box that takes the rest of its page leaves no hole, and was made for the page as it is. */
const fillsPage = ({ galley }: Stacked) => galley.strips.some(({ fills }) => fills);

/** Something that just does not fit leaves much of a page empty: closer sections, on all pages alike, may have room for it. */
function fuller(pages: Chunk[][], stacked: readonly Stacked[], height: number): Chunk[][] {
  let best = pages;
  for (const share of CLOSER) {
    const hole = emptiest(best, height);
    if (hole <= height * HOLE) break;
    const tight = fill(closer(stacked, share), height);
    if (tight.length <= best.length && emptiest(tight, height) < hole - height * FULLER) best = tight;
  }
  return best;
}

/** How much of a page is left empty, the last one apart. */
function emptiest(pages: readonly Chunk[][], height: number): number {
  return Math.max(0, ...pages.slice(0, -1).map((page) => height - heightOf(page.flat())));
}

function closer(stacked: readonly Stacked[], share: number): Stacked[] {
  return stacked.map((one) => ({ ...one, above: Math.min(one.above, Math.max(LEAST_GAP, one.above * share)) }));
}

/**
 * A chunk that fits no page is cut first where it would rather hold together, and at
 * last anywhere: every pass places at least one strip, so this ends.
 */
function fill(stacked: readonly Stacked[], height: number): Chunk[][] {
  const items = stacked.flatMap((one, index) => itemsOf(one, stacked[index + 1]?.stays === true));
  const chunks = chunked(items, (keep) => keep === 'no');
  const fits = (chunk: Chunk) => heightOf(chunk) <= height;
  return fillPages(chunks.every(fits) ? chunks : chunks.flatMap((chunk) => cut(chunk, fits)), height);
}

function cut(chunk: Chunk, fits: (chunk: Chunk) => boolean): Chunk[] {
  return [chunk]
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep === 'with-next')))
    .flatMap((part) => (fits(part) ? [part] : chunked(part, (keep) => keep !== 'always')))
    .flatMap((part) => (fits(part) ? [part] : part.map((item) => [item])));
}

function itemsOf({ galley, above }: Stacked, nextStays: boolean): Item[] {
  const last = galley.strips.length - 1;
  return galley.strips.map((strip, index) => {
    const keep = index === last && nextStays && strip.keep === 'no' ? 'with-next' : strip.keep;
    return { galley, index, strip, gap: index === 0 ? above : strip.gap, keep };
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

/**
 * No last page with a line or two of something on it: more of the same comes over while the page before stays the fuller.
 * Nothing else does: the number to call is not moved for the sake of the sources.
 */
function fillLast(pages: Chunk[][], height: number): Chunk[][] {
  const last = pages.at(-1);
  const before = pages.at(-2);
  if (last === undefined || before === undefined) return pages;
  while (before.length > 1 && heightOf(last.flat()) < LEAST_ON_LAST_PAGE) {
    const candidate = before.at(-1)!;
    if (candidate[0]?.galley !== last[0]?.[0]?.galley) break;
    if (heightOf([...candidate, ...last.flat()]) > height / 2) break;
    last.unshift(before.pop()!);
  }
  return pages;
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
